package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.BrowserTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgedFormIT extends BrowserTest {

  /**
   * The browser sends the cookie from another port of the same host, which is the same site; from
   * another host it doesn't.
   */
  @ParameterizedTest
  @CsvSource({"127.0.0.1, /admin/logout", "localhost, /admin/logout"})
  void itIsRefused(String host, String path) {
    browser.logIn("ann");
    try (OtherSite other = new OtherSite(dashboard.url() + path, "")) {
      browser.visit(other.url(host));
      browser.await("our answer", () -> browser.path().startsWith("/admin"));
    }

    browser.open("/admin");
    assertThat(browser.text(".who")).as("still logged in").contains("ann");
  }
}
