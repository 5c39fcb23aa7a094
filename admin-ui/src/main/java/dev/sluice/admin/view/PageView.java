package dev.sluice.admin.view;

import io.dropwizard.views.common.View;
import java.nio.charset.StandardCharsets;

/** A page: what stands around it, and what it shows. */
public final class PageView extends View {

  private final Chrome chrome;
  private final Object page;

  /**
   * @param template name of its template, without the ending
   * @param page what the template shows
   */
  public PageView(String template, Chrome chrome, Object page) {
    super(template + ".mustache", StandardCharsets.UTF_8);
    this.chrome = chrome;
    this.page = page;
  }

  /** What stands around it. */
  public Chrome chrome() {
    return chrome;
  }

  /** What it shows. */
  public Object page() {
    return page;
  }
}
