package dev.sluice.admin.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.view.ActorText;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.SessionName;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.work.Place;
import org.junit.jupiter.api.Test;

class AuditWordsTest {

  private static final Links LINKS = new Links(null);

  @Test
  void whatTheContractNotesIsToldInWords() {
    assertThat(told(AuditAct.reprioritise("s", 2)))
        .isEqualTo("set the priority of session s: priority 2");
    assertThat(told(AuditAct.front("s"))).isEqualTo("moved to the front session s");
    assertThat(told(AuditAct.requeue("s").found(Place.CLAIMED)))
        .isEqualTo("requeued session s: was claimed");
    assertThat(told(AuditAct.send("s", MessageType.NUDGE, Lane.NORMAL)))
        .isEqualTo("sent a message to session s: nudge, normal");
    assertThat(told(AuditAct.pause("p", 0))).isEqualTo("paused project p");
    assertThat(told(AuditAct.resume("p"))).isEqualTo("resumed project p");
    assertThat(told(AuditAct.drain("w", true))).isEqualTo("drained worker w");
    assertThat(told(AuditAct.drain("w", false))).isEqualTo("undrained worker w");
    assertThat(told(AuditAct.deregister("w").found("3")))
        .isEqualTo("deregistered worker w: sessions returned: 3");
  }

  @Test
  void aStopIsCalledByWhatItDid() {
    assertThat(told(AuditAct.stop("s").found(Place.CLAIMED))).startsWith("stopped session s");
    assertThat(told(AuditAct.stop("s").found(Place.LATER))).startsWith("cancelled session s");
    assertThat(told(AuditAct.stop("s").found(Place.DEAD))).startsWith("discarded session s");
  }

  @Test
  void limitsAreWrittenAsPeopleDo() {
    assertThat(told(AuditAct.limit("p", new QueueLimits(5, 3_500_000L))))
        .isEqualTo("limited project p: at most 5 at a time, $3.5 a day");
    assertThat(told(AuditAct.limit("p", new QueueLimits(null, null))))
        .isEqualTo("limited project p: no limits");
  }

  @Test
  void aThingLeadsToItsPageWhileItHasOne() {
    assertThat(link(AuditAct.front("a/b"))).isEqualTo("/admin/sessions/a%2Fb");
    assertThat(link(AuditAct.drain("w", true))).isEqualTo("/admin/workers/w");
    assertThat(link(AuditAct.pause("p", 0))).isEqualTo("/admin/queues/p");
    assertThat(link(AuditAct.deregister("w").found("0"))).isNull();
    assertThat(link(new AuditAct("mint", "key_1", "CI"))).isNull();
  }

  @Test
  void aVerbNobodyKnowsStandsAsItIs() {
    assertThat(told(new AuditAct("<b>", "x", "y"))).isEqualTo("<b> x: y");
    assertThat(link(new AuditAct("<b>", "x", "y"))).isNull();
  }

  @Test
  void operatorsAreToldFromKeys() {
    assertThat(ActorText.of("operator:ann")).isEqualTo(new ActorText("ann", "operator"));
    assertThat(ActorText.of("key_1")).isEqualTo(new ActorText("key_1", null));
    assertThat(ActorText.of("operator:")).isEqualTo(new ActorText("operator:", null));
  }

  private static String told(AuditAct act) {
    AuditRow row = row(act);
    return row.did()
        + (row.what() == null ? " " : " " + row.what() + " ")
        + row.object().name()
        + (row.detail().isEmpty() ? "" : ": " + row.detail());
  }

  private static String link(AuditAct act) {
    return row(act).object().link();
  }

  private static AuditRow row(AuditAct act) {
    AuditLine line = AuditLine.of(1, 1, new AuditNote("operator:ann", ""), act);
    return AuditRow.of(line, SessionName.of(line.object(), LINKS), LINKS, 2);
  }
}
