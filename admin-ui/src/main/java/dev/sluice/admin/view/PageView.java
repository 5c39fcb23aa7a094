package dev.sluice.admin.view;

import io.dropwizard.views.common.View;
import java.nio.charset.StandardCharsets;

public final class PageView extends View {

  private final Chrome chrome;
  private final Object page;

  public PageView(String template, Chrome chrome, Object page) {
    super(template + ".mustache", StandardCharsets.UTF_8);
    this.chrome = chrome;
    this.page = page;
  }

  public Chrome chrome() {
    return chrome;
  }

  public Object page() {
    return page;
  }
}
