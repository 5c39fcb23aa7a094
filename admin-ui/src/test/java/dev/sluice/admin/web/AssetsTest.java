package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class AssetsTest extends PageTestBase {

  @Test
  void thoseThatPagesNameMayBeKeptForGood() {
    for (String name :
        page("/admin/charts").document().select("link[href], script[src]").stream()
            .map(each -> each.attr("href") + each.attr("src"))
            .toList()) {
      PageAnswer asset = server.get(name, null);

      assertThat(asset.status()).as(name).isEqualTo(200);
      assertThat(asset.header("Cache-Control")).contains("immutable");
      assertThat(asset.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void othersAreAskedForAgainAndAnsweredShortly() {
    PageAnswer css = server.get("/admin/assets/app.css", null);

    assertThat(css.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(css.header("Content-Type")).startsWith("text/css");
    PageAnswer again =
        server.send(
            server
                .request("/admin/assets/app.css", null)
                .header("If-None-Match", css.header("ETag"))
                .GET()
                .build());
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void nothingElseIsServed() {
    for (String path :
        new String[] {"none.css", "", "../view/layout.mustache", "%2e%2e/Visitor.class"}) {
      assertThat(server.get("/admin/assets/" + path, null).status()).as(path).isBetween(400, 404);
    }
  }

  @Test
  void theyWeighLittle() {
    assertThat(server.get("/admin/assets/app.css", null).body()).hasSizeLessThan(32_000);
    int script = 0;
    for (Element each : page("/admin/charts").document().select("script")) {
      script += server.get(each.attr("src"), null).body().length();
    }
    assertThat(script).as("of the page with the most").isBetween(50_000, 85_000);
  }

  @Test
  void whatPagesForNobodyUseIsOurOwn() {
    assertThat(server.get("/admin/login", null).document().select("script").eachAttr("src"))
        .allMatch(src -> src.matches("/admin/assets/(app|keys)\\.js\\?v=[0-9a-f]+"))
        .hasSize(2);
  }
}
