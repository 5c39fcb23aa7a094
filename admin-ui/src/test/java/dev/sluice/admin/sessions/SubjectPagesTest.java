package dev.sluice.admin.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.FleetWork;
import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectPagesTest extends PageTestBase {

  private static final String NAMED = "ENG-526 Fix flaky test s-1 parser opus";

  @Test
  void waitingWorkIsNamed() {
    enqueue();

    assertNamed("/admin/queues/payments", NAMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/work",
        "/admin/work?health=ok",
        "/admin/queues/payments?place=claimed",
        "/admin/workers/w-1",
        "/admin/hosts/host-w-1"
      })
  void claimedSessionsAreNamed(String page) {
    claim();

    assertNamed(page, NAMED);
  }

  @Test
  void endedSessionsAreNamed() {
    claim();
    fleet.report("s-1", "w-1", SessionState.COMPLETED, Map.of());

    assertNamed("/admin/work?state=ended", NAMED);
  }

  @Test
  void deadLettersAreNamed() {
    fleet.worker("w-1");
    work().deadline(server.clock.now() + 1).enqueue();
    server.clock.jump(Duration.ofMillis(2));
    fleet.sweep();

    assertNamed("/admin/work?state=dead", NAMED);
  }

  @Test
  void sessionsOfMessagesAreNamed() {
    enqueue();
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "Stop it", "Ann");

    assertNamed("/admin/inbox", NAMED);
  }

  @Test
  void sessionsOfAnOrderAreNamedAfterTheirEnd() {
    claim();
    fleet.stopOrder("order", null, "s-1");
    fleet.report("s-1", "w-1", SessionState.COMPLETED, Map.of());

    assertNamed("/admin/stops/order", NAMED);
  }

  @Test
  void sessionsOfTheAuditAreNamedOtherObjectsAreNot() {
    enqueue();
    fleet.act("ann", "front", "s-1", "", "");
    fleet.act("ann", "pause", "s-1", "", "");

    PageAnswer page = page("/admin/activity");

    assertThat(page.row("moved to the front")).contains("session " + NAMED);
    assertThat(page.row("paused")).contains("project s-1");
    assertThat(page("/admin").row("moved to the front")).contains("session " + NAMED);
  }

  @Test
  void anActSaysWhatItIsAbout() {
    enqueue();

    assertThat(operator("/admin/work/s-1/cancel").text())
        .contains("ENG-526 Fix flaky test. Project");
  }

  @Test
  void aSessionsPageBeginsWithItsWork() {
    enqueue();

    PageAnswer page = page("/admin/sessions/s-1");

    assertThat(page.document().title()).isEqualTo("ENG-526 Fix flaky test · Sluice");
    assertThat(page.main().selectFirst("h1").text()).isEqualTo("ENG-526 Fix flaky test");
    assertThat(page.main().selectFirst(".subject").text())
        .isEqualTo("Repository git.example/acme/parser Branch fix/flaky Model opus Session s-1");
  }

  @Test
  void theIdIsInTheTitleAndReadableWithoutScript() {
    enqueue();

    var row = page("/admin/queues/payments").main().selectFirst("tbody .work");

    assertThat(row.selectFirst("a").attr("href")).isEqualTo("/admin/sessions/s-1");
    assertThat(row.selectFirst(".own").text()).isEqualTo("s-1");
    assertThat(row.selectFirst("button").attr("data-copy")).isEqualTo("s-1");
  }

  @Test
  void aViewerMayReadTitlesButNotTheItem() {
    enqueue();

    PageAnswer page = page("/admin/sessions/s-1");

    assertThat(page.text())
        .contains("Fix flaky test", "Only admins can see it")
        .doesNotContain("do it");
  }

  @Test
  void aTitleMadeFromThePromptIsNotForViewers() {
    work().derived().enqueue();

    for (String path : new String[] {"/admin/queues/payments", "/admin/sessions/s-1"}) {
      assertThat(page(path).text()).as(path).contains("ENG-526").doesNotContain("flaky test");
      assertThat(operator(path).text()).as(path).contains("ENG-526 Fix flaky test");
    }
    assertThat(page("/admin/work?q=flaky").text()).doesNotContain("ENG-526");
  }

  private PageAnswer operator(String path) {
    return server.get(path, fleet.visitor(VisitorRole.OPERATOR));
  }

  private void enqueue() {
    work().enqueue();
  }

  private FleetWork work() {
    return fleet
        .work("s-1")
        .identifier("ENG-526")
        .on("git.example/acme/parser")
        .about("Fix flaky test", "fix/flaky", "opus");
  }

  private void claim() {
    fleet.worker("w-1");
    enqueue();
    fleet.poll("w-1", 1);
    fleet.touch("s-1", "w-1");
  }

  private void assertNamed(String path, String name) {
    assertThat(page(path).row("s-1")).contains(name);
  }
}
