package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import org.jsoup.nodes.Document;

/** Checks for scripts, styles or elements beyond the template. */
public final class Harmless {

  private Harmless() {}

  public static void check(PageAnswer page) {
    Document document = page.document();
    assertThat(document.select("head > script")).hasSameSizeAs(document.select("script"));
    assertThat(document.select("script").eachAttr("src"))
        .hasSameSizeAs(document.select("script"))
        .allMatch(src -> src.startsWith("/admin/assets/"));
    assertThat(document.select("script").eachText()).isEmpty();
    assertThat(document.select("img, iframe, object, embed, base, style, [style]")).isEmpty();
    assertThat(document.select("main, h1")).hasSize(2);
    assertThat(document.getAllElements())
        .allMatch(
            element ->
                element.attributes().asList().stream()
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    assertThat(document.select("a[href]").eachAttr("href"))
        .allMatch(href -> href.startsWith("/admin") || href.equals("#main"));
    assertThat(document.select("form[action]").eachAttr("action"))
        .allMatch(action -> action.startsWith("/admin"));
  }
}
