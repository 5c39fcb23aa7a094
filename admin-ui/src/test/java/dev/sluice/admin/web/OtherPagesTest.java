package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.backend.engine.wire.Layouts;
import org.junit.jupiter.api.Test;

class OtherPagesTest extends PageTestBase {

  @Test
  void deadLettersOfOneCauseStandTogether() {
    fleet.deadLetter("s-1");
    fleet.deadLetter("s-2");

    PageAnswer page = page("/admin/work?state=dead");

    assertThat(page.main().select(".group")).hasSize(1);
    assertThat(page.text())
        .contains(
            "Dead letters",
            "dead 2",
            "its deadline came while it waited",
            "2 letters on this page");
    assertThat(page.main().select("tbody th .id").eachText()).containsExactly("s-2", "s-1");
  }

  @Test
  void noDeadLetterIsToldWhatOneIs() {
    assertThat(page("/admin/work?state=dead").text()).contains("Nothing in this list.");
  }

  @Test
  void actsOfOperatorsAreListed() {
    fleet.act("ann", "reprioritise", "s-1", "it hurts", "priority 1");

    assertThat(page("/admin/activity").row("ann"))
        .containsExactly(
            "now", "ann", "set the priority of", "session s-1", "priority 1", "it hurts");
  }

  @Test
  void noActIsToldWhatLeavesOne() {
    assertThat(page("/admin/activity").text()).contains("No activity yet.");
  }

  @Test
  void keysAreForAdmins() {
    fleet.key("key-1", "CI");

    assertThat(adminPage("/admin/keys").row("key-1"))
        .containsExactly(
            "key-1", "CI", "user", "work:write", "CI", "–", "–", "never", "never", "Revoke");
    PageAnswer forViewers = page("/admin/keys");
    assertThat(forViewers.status()).isEqualTo(403);
    assertThat(forViewers.text()).contains("Not allowed for your role", "logged in as viewer");
    assertThat(forViewers.document().select(".side a").eachText()).doesNotContain("Keys");
  }

  @Test
  void aKeyShowsItsOriginItsEndAndItsLastUse() {
    long now = server.clock.now();
    fleet.minted("key-2", "operator:kim", now + 3_600_000);
    fleet.minted("key-3", "key-2", null);
    server.store.there().credentials().noteUse(fleet.org, "key-3", now - 120_000);

    assertThat(adminPage("/admin/keys").row("key-2"))
        .containsSubsequence("now", "kim operator", "in 1 h", "never", "Revoke");
    assertThat(adminPage("/admin/keys").row("key-3"))
        .containsSubsequence("now", "key-2", "never", "2 min ago", "Revoke");
  }

  @Test
  void noKeyIsToldSo() {
    assertThat(adminPage("/admin/keys").text()).contains("No keys in this org.");
  }

  @Test
  void theSystemPageNamesTheStoreAndTheRules() {
    assertThat(page("/admin/system").text())
        .contains("healthy", "the store in memory; keeps nothing", "Build 0.0.0-test")
        .contains("Worker lease 3 min", "Dead letter after 5 lost claims or 20 nacks");
  }

  @Test
  void theSystemPageNamesNodesSweepsAndWhatIsLeftOfLimits() {
    fleet.work("s-1").enqueue();

    PageAnswer page = page("/admin/system");

    assertThat(page.text())
        .contains("Last sweep now", "The stored data has layout " + Layouts.OF_THIS_BUILD.newest())
        .contains("Waiting work 1", "Workers 0 of at most 20,000", "Projects 1 of at most 10,000");
    assertThat(page.main().select("[aria-label=Nodes] tbody tr")).hasSize(1);
    assertThat(page.text()).doesNotContain("has not swept");
  }

  @Test
  void whoSeesEveryOrgGoesFromOneToAnother() {
    fleet.work("s-1").enqueue();
    Visitor everywhere = new Visitor("root", "operator:root", VisitorRole.ADMIN, "default", true);

    PageAnswer system = server.get("/admin/system", everywhere);
    String link = system.main().selectFirst(".orgs a[href*=" + fleet.org + "]").attr("href");
    PageAnswer there = server.get(link, everywhere);

    assertThat(there.row("payments")).startsWith("payments", "open", "1");
    assertThat(there.document().select("a[href^=/admin]").eachAttr("href"))
        .isNotEmpty()
        .allMatch(each -> each.contains("org=" + fleet.org));
    assertThat(page("/admin/system").main().select(".orgs")).isEmpty();
  }

  @Test
  void theSystemPageWorksWhileTheStoreIsAway() {
    page("/admin/system");
    server.store.away(true);

    PageAnswer page = page("/admin/system");

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.text()).contains("System away", "Worker lease");
  }
}
