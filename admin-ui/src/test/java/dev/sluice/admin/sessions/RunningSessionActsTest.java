package dev.sluice.admin.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningSessionActsTest extends ActTest {

  private static final String PAGE = "/admin/sessions/s-1";

  @BeforeEach
  void claimed() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    assertThat(fleet.poll("w-1", 1)).containsExactly("s-1");
  }

  @Test
  void theButtonsFollowTheState() {
    assertThat(buttons()).containsExactly("Nudge", "Message", "More", "Requeue", "Stop");
    assertThat(page(PAGE).main().select(".acts .button")).as("for a viewer").isEmpty();

    post(PAGE + "/stop", "reason", "");
    assertThat(buttons()).as("being stopped").isEmpty();

    post("/admin/workers/w-1/deregister", "reason", "");
    assertThat(buttons()).as("ended").containsExactly("Run again");
  }

  @Test
  void aStopSaysWhatItTakesAndTellsTheWorkerWhy() {
    PageAnswer form = form(PAGE + "/stop");
    assertThat(form.main().selectFirst("section").classNames()).contains("harmful");
    assertThat(form.text())
        .contains("Stop session s-1", "Claimed by worker w-1.", "for 1 min 30 s at most");
    assertThat(curl(form)).contains("-X POST '" + form.url() + "/api/sessions/s-1/stop'");
    assertThat(session().state()).as("a form changes nothing").isEqualTo(SessionState.CLAIMED);

    PageAnswer page = after(post(PAGE + "/stop", "reason", "wrong branch"));

    assertThat(notice(page)).isEqualTo("Session s-1 is stopped; worker w-1 is told.");
    assertThat(session().state()).isEqualTo(SessionState.STOPPED);
    assertThat(server.store.there().inboxes().list(fleet.org, "s-1"))
        .extracting(message -> message.type() + " " + message.payload() + " " + message.userId())
        .containsExactly(MessageType.STOP + " wrong branch operator:ann");
    line("stop", "wrong branch", "was claimed");
    assertThat(page("/admin/activity").row("stopped"))
        .containsExactly(
            "now", "ann operator", "stopped", "session s-1", "was claimed", "wrong branch");
  }

  @Test
  void aSessionThatIsBeingStoppedHasNotEnded() {
    post(PAGE + "/stop", "reason", "wrong branch");
    server.pass(Duration.ofSeconds(9));

    PageAnswer page = page(PAGE);
    assertThat(page.main().select("#about .notice.held").text())
        .isEqualTo("Told to stop 9 s ago: worker w-1 must confirm within 1 min 21 s.");
    assertThat(page.main().select("#about .title .badge").eachText()).containsExactly("stopping");
    assertThat(page.main().select("#about dt").eachText())
        .contains("Told to stop")
        .doesNotContain("Ended");
    assertThat(page.main().select("td").eachText()).contains("stopping").doesNotContain("active");

    fleet.report("s-1", "w-1", SessionState.STOPPED, 0);
    page = page(PAGE);
    assertThat(page.main().select("#about .notice.held")).isEmpty();
    assertThat(page.main().select("#about dt").eachText()).contains("Ended");
  }

  @Test
  void aRequeueSaysWhatBecomesOfTheWorker() {
    PageAnswer form = form(PAGE + "/requeue");
    assertThat(form.text())
        .contains(
            "returns to the queue of project payments", "the slot is free at once", "refused");
    assertThat(form.main().selectFirst("section").classNames()).contains("harmful");
    assertThat(curl(form)).contains("-X POST '" + form.url() + "/api/sessions/s-1/requeue'");

    PageAnswer page = after(post(PAGE + "/requeue", "reason", "stuck"));

    assertThat(notice(page)).isEqualTo("Session s-1 is back in the queue of project payments.");
    assertThat(session().place()).isEqualTo(Place.READY);
    assertThat(session().attempts()).isZero();
    line("requeue", "stuck", "was claimed");
    assertThat(page("/admin/activity").row("requeued")).contains("session s-1", "was claimed");
  }

  @Test
  void whatHasEndedRunsAgain() {
    fleet.report("s-1", "w-1", SessionState.FAILED, 0);
    PageAnswer form = form(PAGE + "/again");
    assertThat(form.text()).contains("Ended as failed.", "fresh counts");
    assertThat(curl(form)).contains("-X POST '" + form.url() + "/api/sessions/s-1/requeue'");

    PageAnswer page = after(post(PAGE + "/again", "reason", "flaky"));

    assertThat(notice(page)).isEqualTo("Session s-1 is waiting for a worker again.");
    assertThat(session().place()).isEqualTo(Place.READY);
    line("requeue", "flaky", "was ended");
  }

  @Test
  void whatIsElsewhereByNowIsLeftAlone() {
    String stillOpen = form(PAGE + "/stop").main().selectFirst("form").attr("action");
    post(PAGE + "/requeue", "reason", "");
    int lines = audit().size();

    PageAnswer stop = post(stillOpen, "reason", "why");
    assertThat(stop.status()).isEqualTo(409);
    assertThat(stop.text()).contains("Nothing was changed: session s-1", "Waiting for a worker.");
    assertThat(stop.main().selectFirst("#reason").attr("value")).isEqualTo("why");
    assertThat(post(PAGE + "/requeue", "reason", "").status()).isEqualTo(409);
    assertThat(post(PAGE + "/again", "reason", "").status()).isEqualTo(409);
    assertThat(session().place()).isEqualTo(Place.READY);

    fleet.deadLetter("s-2");
    for (String act : List.of("stop", "requeue", "again")) {
      PageAnswer dead = post("/admin/sessions/s-2/" + act, "reason", "");
      assertThat(dead.status()).as(act).isEqualTo(409);
      assertThat(dead.text()).contains("A dead letter.");
    }
    assertThat(audit()).hasSize(lines);
  }

  @Test
  void aReasonThatCannotStandInALineIsRefused() {
    for (String act : List.of("stop", "requeue", "again", "nudge")) {
      PageAnswer post = post(PAGE + "/" + act, "reason", "a\u0000b");
      assertThat(post.status()).as(act).isEqualTo(400);
      assertThat(post.text()).contains("Reason must not contain control characters");
    }
    assertThat(session().state()).isEqualTo(SessionState.CLAIMED);
    assertThat(audit()).isEmpty();
  }

  private List<String> buttons() {
    return form(PAGE).main().select(".acts .button").eachText();
  }

  private void line(String verb, String reason, String detail) {
    AuditLine line = audit().get(0);
    assertThat(List.of(line.verb(), line.object(), line.actor(), line.reason(), line.detail()))
        .containsExactly(verb, "s-1", "operator:ann", reason, detail);
  }

  private Session session() {
    return server.store.there().sessions().find(fleet.org, "s-1");
  }

  private static String curl(PageAnswer form) {
    return form.main().selectFirst("details pre").wholeText();
  }
}
