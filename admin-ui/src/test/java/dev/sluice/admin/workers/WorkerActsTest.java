package dev.sluice.admin.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Worker;
import dev.sluice.backend.workers.WorkerRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerActsTest extends ActTest {

  private static final String PAGE = "/admin/workers/w-1";

  @Test
  void theButtonsFollowStateAndRole() {
    fleet.worker("w-1");
    assertThat(buttons()).containsExactly("Drain", "Note", "More", "Deregister");
    assertThat(page(PAGE).main().select(".acts .button, form")).as("for a viewer").isEmpty();

    fleet.drain("w-1");
    assertThat(buttons()).containsExactly("Undrain", "Note", "More", "Deregister");
    assertThat(form(PAGE).main().selectFirst(".acts form").attr("action"))
        .as("one click")
        .isEqualTo(PAGE + "/undrain");
  }

  @Test
  void aNoteStandsOnThePageUntilItIsTakenAway() {
    fleet.worker("w-1");

    PageAnswer page = after(post(PAGE + "/note", "note", "slow disk", "reason", "ticket 1"));

    assertThat(notice(page)).isEqualTo("w-1 has a new note.");
    assertThat(page(PAGE).main().text()).contains("Note slow disk");
    line("note", "ticket 1", "set");
    assertThat(form(PAGE + "/note").main().selectFirst("[name=note]").attr("value"))
        .isEqualTo("slow disk");

    assertThat(post(PAGE + "/note", "note", "a\tb").status()).isEqualTo(400);
    assertThat(worker().note()).isEqualTo("slow disk");

    assertThat(notice(after(post(PAGE + "/note", "note", "")))).isEqualTo("w-1 has no note.");
    assertThat(worker().note()).isNull();
  }

  @Test
  void aDrainSaysWhatGoesOnAndShowsItsProgress() {
    holding(2);

    PageAnswer form = form(PAGE + "/drain");
    assertThat(form.text())
        .contains("Drain worker w-1", "no new work until undrained", "continue (2 sessions now)");
    assertThat(curl(form))
        .startsWith("curl -sS -X POST '" + form.url() + "/api/workers/w-1/drain'");
    assertThat(worker().drained()).as("a form changes nothing").isFalse();

    PageAnswer page = after(post(PAGE + "/drain", "reason", "new kernel"));
    assertThat(notice(page)).isEqualTo("w-1 is draining: 2 sessions left.");
    assertThat(worker().drained()).isTrue();
    line("drain", "new kernel", "");

    server.clock.jump(Duration.ofMinutes(7));
    PageAnswer later = page(PAGE);
    assertThat(later.main().selectFirst(".notice.held").text())
        .isEqualTo("ann drains it for 7 min: 2 sessions left. new kernel");
    assertThat(later.main().selectFirst(".notice time").attr("title")).startsWith("since 20");
  }

  @Test
  void theProgressIsOfTheDrainInForce() {
    fleet.worker("w-1");
    post(PAGE + "/drain", "reason", "the first");
    post(PAGE + "/undrain", "reason", "");
    server.clock.jump(Duration.ofMinutes(1));
    post(PAGE + "/drain", "reason", "the second");
    server.clock.jump(Duration.ofMinutes(1));
    post(PAGE + "/drain", "reason", "once more");
    fleet.worker("w-2");
    post("/admin/workers/w-2/drain", "reason", "another");

    assertThat(page(PAGE).main().selectFirst(".notice.held").text())
        .isEqualTo("ann drains it for 1 min: no sessions left. the second");
    assertThat(form(PAGE + "/drain").text()).contains("It is already drained.");
  }

  @Test
  void undrainIsOneClickThatComesBack() {
    fleet.worker("w-1");
    fleet.drain("w-1");

    PageAnswer post = post(PAGE + "/undrain", "back", PAGE);

    assertThat(post.header("Location")).endsWith(PAGE);
    assertThat(notice(after(post))).isEqualTo("w-1 takes work again.");
    assertThat(worker().drained()).isFalse();
    line("undrain", "", "");
    assertThat(form(PAGE + "/undrain").text()).contains("This also lifts a quarantine");
  }

  @Test
  void aQuarantineIsLiftedByOneClick() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.sweep(); // what is handed out before a node's first sweep counts against no worker
    server.clock.jump(Duration.ofSeconds(1));
    for (int i = 0; i < 3; i++) {
      assertThat(fleet.poll("w-1", 1)).containsExactly("s-1");
      notAccepted();
    }
    assertThat(worker().quarantinedUntilMs()).isNotZero();
    assertThat(buttons()).containsExactly("Drain", "Lift quarantine", "Note", "More", "Deregister");

    post(PAGE + "/undrain", "back", PAGE);

    assertThat(worker().quarantinedUntilMs()).isZero();
    assertThat(buttons()).containsExactly("Drain", "Note", "More", "Deregister");
  }

  private void notAccepted() {
    for (int i = 0; i < 35; i++) {
      server.clock.jump(Duration.ofSeconds(10));
      fleet.beat("w-1");
      fleet.sweep();
    }
  }

  @Test
  void deregisteringListsWhatWouldReturnAndWhatWouldNot() {
    fleet.worker("w-1");
    fleet.work("s-1").project("billing").enqueue();
    fleet.work("s-2").deadline(server.clock.now() + 60_000).enqueue();
    fleet.work("s-3").enqueue();
    assertThat(fleet.poll("w-1", 3)).hasSize(3);
    post("/admin/sessions/s-3/stop", "reason", "");
    server.clock.jump(Duration.ofMinutes(2));

    PageAnswer form = form(PAGE + "/deregister");

    assertThat(form.main().selectFirst("section").classNames()).contains("harmful");
    assertThat(form.text()).contains("It holds 3 sessions", "its calls are refused");
    assertThat(form.main().select(".things li").eachText())
        .containsExactly(
            "s-1 billing",
            "s-2 payments, past its deadline: it becomes a dead letter",
            "s-3 payments, being stopped: it ends");
    assertThat(form.main().select(".things a").eachAttr("href"))
        .containsExactly("/admin/sessions/s-1", "/admin/sessions/s-2", "/admin/sessions/s-3");
    assertThat(curl(form))
        .startsWith("curl -sS -X DELETE '" + form.url() + "/api/workers/w-1?reason=why'");

    PageAnswer post = post(PAGE + "/deregister", "reason", "gone for good");
    assertThat(post.header("Location")).endsWith("/admin/workers");
    assertThat(notice(after(post)))
        .isEqualTo("w-1 is deregistered; 2 sessions returned to the queue.");
    assertThat(page(PAGE).status()).isEqualTo(404);
    assertThat(List.of(session("s-1").place(), session("s-2").place(), session("s-3").place()))
        .as("as the form said")
        .containsExactly(Place.READY, Place.DEAD, Place.ENDED);
    line("deregister", "gone for good", "returned 2");
    assertThat(page("/admin/activity").row("deregistered"))
        .containsExactly(
            "now",
            "ann operator",
            "deregistered",
            "worker w-1",
            "sessions returned: 2",
            "gone for good");
    assertThat(page("/admin/activity").main().select("a[href=" + PAGE + "]")).isEmpty();
  }

  @Test
  void theListIsBounded() {
    fleet.worker("w-1", 40, List.of());
    for (int i = 0; i < 30; i++) {
      fleet.work("s-" + i).enqueue();
    }
    while (!fleet.poll("w-1", 5).isEmpty()) {
      // until it holds all
    }

    PageAnswer form = form(PAGE + "/deregister");

    assertThat(form.main().select(".things li")).hasSize(26);
    assertThat(form.text()).contains("It holds 30 sessions", "and 5 more");
  }

  @Test
  void whatHasGoneOrIsOfAnotherOrgIsUnknown() {
    fleet.worker("w-1");
    form(PAGE + "/deregister");
    post(PAGE + "/deregister", "reason", "");
    new TestFleet(server).worker("elsewhere");

    for (String worker : List.of("w-1", "elsewhere", "never")) {
      for (String act : List.of("drain", "undrain", "deregister")) {
        String path = "/admin/workers/" + worker + "/" + act;
        assertThat(form(path).status()).as(path).isEqualTo(404);
        PageAnswer post = post(path, "reason", "");
        assertThat(post.status()).as(path).isEqualTo(404);
        assertThat(post.text()).contains("No such worker");
      }
    }
    assertThat(audit()).hasSize(1);
  }

  @Test
  void aReasonThatCannotStandInALineIsRefused() {
    holding(1);
    for (String act : List.of("drain", "undrain", "deregister")) {
      PageAnswer post = post(PAGE + "/" + act, "reason", "x".repeat(1_025));

      assertThat(post.status()).as(act).isEqualTo(400);
      assertThat(post.text()).contains("Nothing was changed: Reason must be at most 1024 bytes");
      assertThat(post.main().selectFirst("#reason").attr("value")).hasSize(1_025);
    }
    assertThat(worker().drained()).isFalse();
    assertThat(audit()).isEmpty();
  }

  @Test
  void controlCharactersAreNoNames() {
    for (String act : List.of("drain", "undrain", "deregister")) {
      assertThat(form("/admin/workers/a%0Ab/" + act).status()).isEqualTo(404);
      assertThat(post("/admin/workers/a%0Ab/" + act, "reason", "").status()).isEqualTo(404);
    }
  }

  private void holding(int sessions) {
    fleet.worker("w-1");
    for (int i = 1; i <= sessions; i++) {
      fleet.work("s-" + i).enqueue();
    }
    assertThat(fleet.poll("w-1", sessions)).hasSize(sessions);
  }

  private List<String> buttons() {
    return server
        .get(PAGE, fleet.visitor(VisitorRole.OPERATOR))
        .main()
        .select(".acts .button")
        .eachText();
  }

  private void line(String verb, String reason, String detail) {
    AuditLine line = audit().get(0);
    assertThat(line.verb()).isEqualTo(verb);
    assertThat(line.object()).isEqualTo("w-1");
    assertThat(line.actor()).isEqualTo("operator:ann");
    assertThat(line.reason()).isEqualTo(reason);
    assertThat(line.detail()).isEqualTo(detail);
  }

  private Worker worker() {
    return server.store.there().workers().find(new WorkerRef(fleet.org, "w-1", null));
  }

  private Session session(String id) {
    return server.store.there().sessions().find(fleet.org, id);
  }

  private static String curl(PageAnswer form) {
    return form.main().selectFirst("details pre").wholeText();
  }
}
