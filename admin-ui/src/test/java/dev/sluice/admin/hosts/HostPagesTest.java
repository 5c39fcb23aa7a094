package dev.sluice.admin.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.workers.Heartbeat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostPagesTest extends ActTest {

  private void twoOnTheStudio() {
    fleet.workerOn("studio", "w-1", "1.2.3");
    fleet.workerOn("studio", "w-2", "1.2.3");
    fleet.workerOn("build", "w-3", "1.2.3");
  }

  private void run(String session, String worker) {
    fleet.work(session).enqueue();
    assertThat(fleet.poll(worker, 1)).containsExactly(session);
    fleet.report(session, worker, SessionState.RUNNING, Map.of());
  }

  @Test
  void aHostIsARowWithTheSlotsAndSessionsOfItsWorkers() {
    twoOnTheStudio();
    run("s-1", "w-1");
    run("s-2", "w-1");
    run("s-3", "w-2");

    PageAnswer page = page("/admin/hosts");

    assertThat(page.main().select("h1").text()).isEqualTo("Hosts 2");
    assertThat(page.main().select("tbody th").eachText()).containsExactly("build", "studio");
    assertThat(page.row("studio"))
        .containsExactly("studio", "ready", "3", "3 / 20", "2", "1.2.3", "now", "");
    assertThat(page.row("build"))
        .containsExactly("build", "ready", "0", "0 / 10", "1", "1.2.3", "now", "");
    assertThat(page.document().select(".side a").eachText()).contains("Hosts 2");
  }

  @Test
  void versionsThatDifferAreMarked() {
    twoOnTheStudio();
    fleet.workerOn("studio", "w-4", "1.3.0");

    assertThat(page("/admin/hosts").row("studio")).contains("mixed 1.2.3, 1.3.0");
    assertThat(page("/admin/hosts/studio").text()).contains("different versions: 1.2.3, 1.3.0");
  }

  @Test
  void hostsWithoutALivingWorkerAreListedLast() {
    fleet.workerOn("a-gone", "w-0", "1.2.3");
    fleet.passLease();
    twoOnTheStudio();

    PageAnswer page = page("/admin/hosts");

    assertThat(page.main().select("tbody th").eachText())
        .containsExactly("build", "studio", "a-gone");
    assertThat(page.row("a-gone")).contains("silent", "0 / 0");
  }

  @Test
  void manyHostsAreAPageAtATime() {
    for (int i = 0; i < 120; i++) {
      fleet.worker("w" + i);
    }

    PageAnswer first = page("/admin/hosts");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.main().select("tbody tr")).hasSize(100);
    assertThat(second.main().select("tbody tr")).hasSize(20);
    for (String odd : new String[] {"-1", "x", "99999999999", "500"}) {
      assertThat(page("/admin/hosts?from=" + odd).status()).as(odd).isEqualTo(200);
    }
  }

  @Test
  void aHostIsDrainedInThreeClicksWithOneReasonUntilItIsSafeToReboot() {
    twoOnTheStudio();
    run("s-1", "w-1");

    String hosts = form("/admin").document().select(".side a:contains(Hosts)").attr("href");
    PageAnswer form = form(form(hosts).main().select("tr:contains(studio) .button").attr("href"));
    assertThat(form.text())
        .contains("No new work for all 2 workers", "1 claimed session continues", "w-1 1 session")
        .contains("/api/hosts/studio/drain");
    PageAnswer host = after(submit(form, "reason", "new disk"));

    assertThat(notice(host)).isEqualTo("studio: 2 workers drained. Draining: 1 session left.");
    assertThat(host.text()).contains("draining", "Draining: 1 session left.");
    assertThat(host.row("s-1")).contains("studio w-1");
    assertThat(host.text()).contains("1 / 20 slots busy");
    assertThat(audit().stream().filter(line -> line.verb().equals("drain")))
        .extracting(AuditLine::object, AuditLine::actor, AuditLine::reason)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("w-1", "operator:ann", "new disk"),
            org.assertj.core.groups.Tuple.tuple("w-2", "operator:ann", "new disk"));
    assertThat(form("/admin/hosts").row("build")).contains("ready");

    fleet.report("s-1", "w-1", SessionState.COMPLETED, Map.of());
    PageAnswer empty = form("/admin/hosts/studio");
    assertThat(empty.text())
        .contains("Safe to reboot: all 2 workers are drained and hold no session.");
    assertThat(form("/admin/hosts").row("studio")).contains("safe to reboot");

    PageAnswer undrain = form(empty.main().select(".acts a").attr("href"));
    assertThat(undrain.text()).contains("Undrain host studio", "w-1 0 sessions, drained");
    assertThat(notice(after(submit(undrain, "reason", "disk is in"))))
        .isEqualTo("studio: 2 workers undrained.");
    assertThat(form("/admin/hosts").row("studio")).contains("ready");
    assertThat(lastAct().reason()).isEqualTo("disk is in");
  }

  @Test
  void aWorkerThatRegistersAfterTheDrainIsInTheWayOfAReboot() {
    twoOnTheStudio();
    after(post("/admin/hosts/studio/drain", "reason", "new disk"));
    fleet.workerOn("studio", "w-9", "1.2.3");

    PageAnswer page = form("/admin/hosts/studio");

    assertThat(page.text())
        .contains("2 of 3 draining", "2 of 3 workers drain: 0 sessions left.")
        .doesNotContain("Safe to reboot");
    assertThat(page.main().select(".acts a").text()).isEqualTo("Drain host Undrain host");
  }

  @Test
  void aWorkerThatDrainsItselfCounts() {
    fleet.workerOn("studio", "w-1", "1.2.3");
    fleet.beat("w-1", new Heartbeat(0, null, true));

    assertThat(page("/admin/hosts/studio").text()).contains("Safe to reboot");
  }

  @Test
  void anUnknownHostIsAClearPage() {
    for (String path : new String[] {"/admin/hosts/none", "/admin/hosts/none/drain"}) {
      PageAnswer page = adminPage(path);
      assertThat(page.status()).as(path).isEqualTo(404);
      assertThat(page.text()).contains("No worker of such a host is registered.", "Go to hosts");
    }
    assertThat(post("/admin/hosts/none/undrain").status()).isEqualTo(404);
  }

  @Test
  void aViewerSeesHostsAndDrainsNone() {
    twoOnTheStudio();

    assertThat(page("/admin/hosts").main().select(".button")).isEmpty();
    assertThat(postAs(VisitorRole.VIEWER, "/admin/hosts/studio/drain").status()).isEqualTo(403);
    assertThat(lastAct().verb()).isEqualTo("denied");
    assertThat(page("/admin/hosts/studio").text()).doesNotContain("Draining");
  }

  @Test
  void pagesOfHostsReadNothingButTheSnapshot() {
    twoOnTheStudio();
    run("s-1", "w-1");
    page("/admin/hosts");
    server.holdTime();
    page("/admin");
    server.store.away(true);

    assertThat(page("/admin/hosts").row("studio")).contains("2");
    assertThat(page("/admin/hosts/studio").row("s-1")).contains("studio w-1");
  }
}
