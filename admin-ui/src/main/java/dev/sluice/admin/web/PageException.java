package dev.sluice.admin.web;

import dev.sluice.admin.view.MessageView;
import org.jspecify.annotations.Nullable;

public final class PageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient MessageView saying;

  private PageException(int status, MessageView saying) {
    super(saying.title(), null, false, false); // an answer, not a failure
    this.status = status;
    this.saying = saying;
  }

  public static PageException notFound(String what, @Nullable String link, String linkText) {
    return new PageException(404, new MessageView("Not found", what, link, linkText));
  }

  public static PageException forbidden(String title, String text, String link, String linkText) {
    return new PageException(403, new MessageView(title, text, link, linkText));
  }

  public static PageException badRequest(String text, String link, String linkText) {
    return new PageException(400, new MessageView("Bad address", text, link, linkText));
  }

  public int status() {
    return status;
  }

  public MessageView saying() {
    return saying;
  }
}
