package dev.sluice.service.browser.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.BrowserTest;
import dev.sluice.service.browser.Dashboard;
import dev.sluice.service.browser.SceneTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginIT extends BrowserTest {

  private static final String LOG_OUT = "form[action='/admin/logout'] button";

  @BeforeEach
  void nobody() {
    browser.startAnew(dashboard.url());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsNotLoggedInComesBackToThePageAskedFor(boolean script) {
    browser.script(script);
    String asked = "/admin/queues/a%20b?place=later";
    browser.open(asked);
    assertThat(browser.path()).startsWith("/admin/login?then=");

    browser.type("#name", "vera");
    browser.type("#password", "not it");
    browser.click(".login button[type=submit]");
    browser.awaitText("#problem", "Wrong name or password");
    assertThat(browser.run("return document.getElementById('name').value")).isEqualTo("vera");
    assertThat(browser.run("return document.getElementById('password').value")).isEqualTo("");

    browser.type("#password", Dashboard.PASSWORD);
    browser.click(".login button[type=submit]");
    browser.awaitText(".who", "vera");
    assertThat(browser.path()).isEqualTo(asked);
  }

  @Test
  void afterTheLogoutNothingIsLeftToSee() {
    browser.logIn("vera");
    browser.open("/admin/workers");

    browser.click(LOG_OUT);
    browser.await("the login", () -> browser.has("#password"));

    assertThat(browser.run("return document.cookie")).asString().doesNotContain("sluice_session");
    browser.run("history.back()");
    browser.await(
        "the login again", () -> browser.path().equals("/admin/login?then=%2Fadmin%2Fworkers"));
  }

  @Test
  void scriptNeverSeesTheCookie() {
    browser.logIn("vera");
    assertThat(browser.run("return document.cookie")).isEqualTo("");
  }

  @Test
  void aCookieThatHasEndedLeadsToTheLoginAndBack() {
    browser.logIn("vera");
    SceneTime.pass(Duration.ofHours(13));

    browser.clickLink("Workers");

    browser.await("the login", () -> browser.has("#password"));
    browser.logIn("vera");
    assertThat(browser.path()).isEqualTo("/admin/workers");
  }

  @Test
  void whoMayNotSeeASectionIsNotLedThere() {
    browser.logIn("vera");
    assertThat(browser.text(".side")).contains("Workers").doesNotContain("Keys");
    browser.open("/admin/keys");
    assertThat(browser.text("main")).contains("Not allowed for your role");
  }
}
