package dev.sluice.admin.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.workers.Account;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerPagesTest extends PageTestBase {

  @Test
  void noWorkerIsToldHowOneRegisters() {
    assertThat(page("/admin/workers").text()).contains("No workers here.", "worker:register");
  }

  @Test
  void aWorkerIsARowWithItsSlotsItsLastSignAndItsLastPoll() {
    fleet.worker("w-1", 4, List.of(), "payments", "billing");
    fleet.worker("w-2");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    server.clock.jump(Duration.ofSeconds(40));
    fleet.touch("s-1", "w-1");
    server.clock.jump(Duration.ofSeconds(20));

    PageAnswer page = page("/admin/workers");

    assertThat(page.row("w-1"))
        .containsExactly(
            "host-w-1 w-1",
            "ready",
            "1 / 4",
            "20 s ago",
            "1 min ago",
            "payments, billing",
            "1.2.3");
    assertThat(page.row("w-2")).contains("–");
    assertThat(page("/admin/workers/w-1").text())
        .contains("Last seen 20 s ago", "Last poll 1 min ago");
    assertThat(page("/admin/workers/w-2").text()).contains("Last poll never");
    assertThat(page.main().selectFirst("rect.fill").attr("width")).isEqualTo("25");
  }

  @Test
  void aWorkerShowsWhatWaitsAndWhyItDoesNotGetIt() {
    fleet.worker("w-1", 4, List.of(), "payments");
    assertThat(page("/admin/workers/w-1").text()).contains("Waiting work None.");
    fleet.work("s-1").project("payments").enqueue();
    fleet.work("s-2").project("payments").needs("gpu").enqueue();
    fleet.work("s-3").project("billing").enqueue();

    assertThat(page("/admin/workers/w-1").text())
        .contains(
            "payments – 1 may get some at its next poll",
            "billing – 1 it doesn't take project billing",
            "payments gpu 1 it lacks gpu");
  }

  @Test
  void aWorkerShowsWhatItsHeartbeatsSayOfItsSessions() {
    fleet.worker("w-1", 4, List.of());
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.touch("s-1", "w-1");
    fleet.beat("w-1", Heartbeat.holding(List.of("elsewhere")));
    fleet.beat("w-1", new Heartbeat(1, null, null, Projects.NONE, 2, null, false));
    fleet.beat("w-1", Heartbeat.holding(List.of("elsewhere")));

    PageAnswer page = page("/admin/workers/w-1");

    assertThat(page.text())
        .contains(
            "Projects no project",
            "Quarantined sessions 2, each takes a slot",
            "Not held s-1",
            "Unknown sessions elsewhere");
    assertThat(page("/admin/workers").row("w-1")).contains("draining", "no project");
  }

  @Test
  void aWorkerShowsTheLevelsThatItsMachineAttests() {
    fleet.worker("w-1");
    fleet.workerWith(
        "w-2",
        "{\"executionSecurityEnforcement\":{\"network\":\"none\",\"isolation\":\"microvm\"}}");
    assertThat(page("/admin/workers/w-1").text()).doesNotContain("Execution security");
    assertThat(page("/admin/workers/w-2").text())
        .contains("Execution security network none, isolation microvm");
  }

  @Test
  void aWorkerAndItsHostShowTheAccountsOfItsMachine() {
    long now = server.clock.now();
    Account codex =
        new Account(
            "3f2a9c",
            "codex",
            "promax",
            now,
            List.of(
                new Account.Window("primary", "Weekly", 100, now + 3_600_000),
                new Account.Window("secondary", "", 7, 0)),
            new Account.Check("codex", true, now));
    Account claude =
        new Account("", "claude", "", 0, List.of(), new Account.Check("claude", false, now));
    fleet.worker("w-1");
    assertThat(page("/admin/workers/w-1").text()).doesNotContain("Accounts");
    String quota = Account.pack(List.of(codex, claude));
    fleet.beat("w-1", new Heartbeat(0, null, null).reporting(quota));

    for (String page : List.of("/admin/workers/w-1", "/admin/hosts/host-w-1")) {
      PageAnswer answer = page(page);
      assertThat(answer.row("codex"))
          .containsExactly(
              "codex",
              "dry",
              "promax",
              "3f2a9c",
              "Weekly 100 %, resets in 1 h secondary 7 %",
              "now");
      assertThat(answer.row("claude")).containsExactly("claude", "login fails", "–", "–", "", "–");
    }
    assertThat(page("/admin").text()).contains("host-w-1 has a login that fails its check: claude");
  }

  @Test
  void workersAreFoundByTheirState() {
    fleet.worker("busy", 1, List.of());
    fleet.worker("idle");
    fleet.worker("leaving");
    fleet.drain("leaving");
    fleet.work("s-1").enqueue();
    fleet.poll("busy", 1);

    PageAnswer page = page("/admin/workers");

    assertThat(page.main().select(".tabs a").eachText())
        .containsExactly("all 3", "draining 1", "full 1", "ready 1");
    assertThat(page("/admin/workers?state=draining").main().select("tbody th").eachText())
        .containsExactly("host-leaving leaving");
    assertThat(page("/admin/workers?state=asleep").status()).isEqualTo(400);
  }

  @Test
  void workersAreAPageAtATime() {
    for (int i = 0; i < 55; i++) {
      fleet.worker("w" + i);
    }

    PageAnswer first = page("/admin/workers");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(second.main().select("tbody tr")).hasSize(5);
  }

  @Test
  void oneWorkerShowsWhatItHoldsAndHowFarItsDrainingIs() {
    fleet.worker("w-1", 4, List.of("gpu"), "payments");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.drain("w-1");

    PageAnswer page = page("/admin/workers/w-1");

    assertThat(page.text())
        .contains("Worker w-1", "draining", "1 / 4 slots busy", "Host host-w-1", "Capabilities gpu")
        .contains("Drained by an operator: 1 session left.");
    assertThat(page.row("s-1")).contains("claimed", "payments");
  }

  @Test
  void sessionsOfAReplacedWorkerFillSlotsOfTheOneThatReplacedIt() {
    fleet.workerOnMachine("m", "w-1", 4);
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.poll("w-1", 2);
    fleet.workerOnMachine("m", "w-2", 3);

    assertThat(page("/admin/workers/w-2").text())
        .contains("2 / 3 slots busy", "Sessions of replaced workers 2, each takes a slot");
    assertThat(page("/admin/workers").row("w-2")).contains("2 / 3");
    assertThat(page("/admin/hosts").row("host-of-m")).contains("2 / 3");
    assertThat(page("/admin").text()).contains("1 slot free");
    assertThat(page("/admin/workers/w-1").text()).doesNotContain("Sessions of replaced workers");
  }

  @Test
  void aWorkerWithTooManyStandingNacksSaysSo() {
    fleet.worker("w-1", 70, List.of());
    fleet.work("accepted").enqueue();
    assertThat(fleet.poll("w-1", 1)).hasSize(1);
    for (int i = 1; i <= 64; i++) {
      fleet.work("s-" + i).enqueue();
      assertThat(fleet.poll("w-1", 1)).hasSize(1);
    }
    for (int i = 1; i <= 63; i++) {
      fleet.nack("s-" + i, "w-1");
      fleet.touch("accepted", "w-1"); // else nacks in a row quarantine it
    }
    assertThat(page("/admin/workers").row("w-1")).contains("ready");
    fleet.nack("s-64", "w-1");
    fleet.work("next").enqueue();
    server.clock.jump(Duration.ofSeconds(2));

    assertThat(page("/admin/workers").row("w-1")).contains("nacking");
    assertThat(page("/admin/workers/w-1").text()).contains("Standing nacks 64, no work from 64 on");
    assertThat(page("/admin/sessions/next").text())
        .contains("1 worker that takes it is kept from work by too many standing nacks");
  }

  @Test
  void aWorkerOfAnotherOrgIsUnknown() {
    new TestFleet(server).worker("elsewhere");

    PageAnswer page = page("/admin/workers/elsewhere");

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("No such worker", "Go to workers");
  }
}
