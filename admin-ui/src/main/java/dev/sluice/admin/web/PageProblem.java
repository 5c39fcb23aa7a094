package dev.sluice.admin.web;

import dev.sluice.admin.view.Saying;
import org.jspecify.annotations.Nullable;

/** A page can't be shown, and says why instead. */
public final class PageProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Saying saying;

  private PageProblem(int status, Saying saying) {
    super(saying.title(), null, false, false); // an answer, not a failure
    this.status = status;
    this.saying = saying;
  }

  /** There is no such thing. */
  public static PageProblem notFound(String what, @Nullable String link, String linkText) {
    return new PageProblem(404, new Saying("Not found", what, link, linkText));
  }

  /** The visitor may not; nothing was changed. */
  public static PageProblem forbidden(String title, String text, String link, String linkText) {
    return new PageProblem(403, new Saying(title, text, link, linkText));
  }

  /** The address asks for what no page of ours links to. */
  public static PageProblem badRequest(String text, String link, String linkText) {
    return new PageProblem(400, new Saying("This address leads nowhere", text, link, linkText));
  }

  public int status() {
    return status;
  }

  public Saying saying() {
    return saying;
  }
}
