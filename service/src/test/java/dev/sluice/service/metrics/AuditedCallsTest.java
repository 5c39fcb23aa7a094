package dev.sluice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Idempotency;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.WorkerRef;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditedCallsTest {

  private static final String ORG = MeteredFleet.ORG;
  private static final AuditNote BY = new AuditNote("ann", "a release");

  private final Logger audit = (Logger) LoggerFactory.getLogger("dev.sluice.audit");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final MeteredFleet fleet = new MeteredFleet();
  private final QueueBackend backend = fleet.backend;

  @BeforeEach
  void watch() {
    lines.start();
    audit.setLevel(Level.INFO);
    audit.addAppender(lines);
  }

  @AfterEach
  void leave() {
    audit.detachAppender(lines);
    audit.setLevel(null);
  }

  @Test
  void everyCallWithANoteIsAudited() throws Exception {
    long audited = audited().count();
    actOnce();
    assertThat(lines.list).as("one act of each of the contract's").hasSize((int) audited);
    assertThat(verbs()).doesNotHaveDuplicates();
  }

  @Test
  void theLogTellsWhatTheStoreTells() {
    actOnce();
    List<String> stored =
        backend.audit().list(ORG, null, 100).items().stream()
            .map(line -> line.verb() + " " + line.object())
            .toList();
    assertThat(verbs()).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains(
            "org=acme actor=ann verb=\"look\" object=\"s\" detail=\"item\" reason=\"a release\"",
            "org=acme actor=ann verb=\"stop\" object=\"s\" reason=\"a release\"",
            "org=acme actor=ann verb=\"pause\" object=\"web\""
                + " detail=\"until 2100-01-01T00:00:00Z\" reason=\"a release\"",
            "org=acme actor=ann verb=\"deregister\" object=\"w\" detail=\"returned 0\""
                + " reason=\"a release\"");
  }

  @Test
  void whatChangesNothingLeavesNoLine() {
    fleet.register("w", 9, false);
    fleet.enqueue("s", "web", fleet.clock.now());
    backend.workers().drain(ORG, "w", true, null);
    backend.workers().deregister(new WorkerRef(ORG, "w", null), null);
    assertThatThrownBy(() -> backend.work().front(ORG, "unknown", BY))
        .isInstanceOf(RefusedException.class);
    assertThat(lines.list).isEmpty();
    NewMessage message =
        new NewMessage(MessageType.NUDGE, Lane.NORMAL, "", null, null)
            .bearing(new Idempotency("key", 0, "body"));
    backend.inboxes().send(ORG, "s", message, BY);
    backend.inboxes().send(ORG, "s", message, BY);
    assertThat(verbs()).containsExactly("send s");
  }

  private void actOnce() {
    fleet.register("w", 9, false);
    fleet.enqueue("s", "web", fleet.clock.now());
    backend.audit().add(ORG, BY, "look", "s", "item");
    backend.work().reprioritise(ORG, "s", 2, BY);
    backend.work().front(ORG, "s", BY);
    NewMessage nudge = new NewMessage(MessageType.NUDGE, Lane.NORMAL, "", null, null);
    backend.inboxes().send(ORG, "s", nudge, BY);
    fleet.poll("w");
    backend.sessions().requeue(ORG, "s", Place.ANY, BY);
    backend.stopOrders().add(ORG, new NewStopOrder("stp_1", null, List.of()), BY);
    backend.sessions().stop(ORG, "s", new StopMessage("", null, null), Place.ANY, BY);
    backend.queues().pause(ORG, "web", 4_102_444_800_000L, BY);
    backend.queues().resume(ORG, "web", BY);
    backend.queues().limit(ORG, "web", new QueueLimits(1, null), BY);
    backend.workers().drain(ORG, "w", true, BY);
    backend.workers().setNote(ORG, "w", "slow disk", BY);
    backend.workers().protect(ORG, "w", 4_102_444_800_000L, BY);
    backend.workers().deregister(new WorkerRef(ORG, "w", null), BY);
    SeenFinding seen = new SeenFinding("dead", "", "", "1 dead letter");
    backend.findings().observe(ORG, List.of(seen), 60_000, true);
    backend.findings().acknowledge(ORG, "dead", BY);
    backend.findings().mute(ORG, "dead", 4_102_444_800_000L, BY);
    backend.upkeep().setTime(ORG, BY);
    NewClosure closure = new NewClosure("c", Closure.Purpose.MOVE, "", 0, null, "");
    backend.transfers().close(ORG, closure, BY);
    backend.transfers().open(ORG, "c", BY);
  }

  private List<String> verbs() {
    return lines.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(line -> line.replaceFirst(".* verb=\"([^\"]+)\" object=\"([^\"]+)\".*", "$1 $2"))
        .toList();
  }

  /** Operations of the contract with an audit note. */
  private static Stream<Method> audited() {
    return Arrays.stream(QueueBackend.class.getMethods())
        .map(Method::getReturnType)
        .filter(Class::isInterface)
        .flatMap(subject -> Arrays.stream(subject.getMethods()))
        .filter(method -> Arrays.asList(method.getParameterTypes()).contains(AuditNote.class));
  }
}
