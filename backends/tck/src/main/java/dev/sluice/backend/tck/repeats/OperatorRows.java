package dev.sluice.backend.tck.repeats;

import static dev.sluice.backend.tck.repeats.Row.row;
import static dev.sluice.backend.tck.repeats.Seat.BY;

import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.transfer.OrgRecord;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Calls of operators, and of transfers. */
final class OperatorRows {

  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final SeenFinding FINDING =
      new SeenFinding("no-worker", "web", "web", "no worker takes web");
  private static final String KEY = FINDING.key();

  private OperatorRows() {}

  static Stream<Row> all() {
    return Stream.of(sessions(), queues(), workers(), findings(), keys(), transfers())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> sessions() {
    return Stream.of(
        row("stop of a claimed session").given(on -> on.run("a")).when(on -> on.stop("a")),
        row("stop in the grace").given(on -> on.inGrace("a")).when(on -> on.stop("a")),
        row("stop of waiting work")
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .when(on -> on.stop("a")),
        row("order to stop many")
            .when(
                on ->
                    on.backend()
                        .stopOrders()
                        .add(
                            on.org(),
                            new NewStopOrder("run", null, List.of(new StopTarget("a", 7))),
                            BY)),
        row("requeue of a claimed session").given(on -> on.run("a")).when(on -> on.requeue("a")),
        row("front")
            .given(on -> on.enqueue(WorkBuilder.works("a", 2)))
            .when(on -> on.backend().work().front(on.org(), "a002", BY)),
        row("new priority")
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .when(on -> on.backend().work().reprioritise(on.org(), "a", 1, BY)),
        row("audit line").when(on -> on.backend().audit().add(on.org(), BY, "did", "it", "so")));
  }

  private static Stream<Row> queues() {
    return Stream.of(
        row("pause")
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .when(on -> on.backend().queues().pause(on.org(), "web", 0, BY)),
        row("resume")
            .given(on -> on.backend().queues().pause(on.org(), "web", 0, BY))
            .when(on -> on.backend().queues().resume(on.org(), "web", BY)),
        row("limits")
            .when(on -> on.backend().queues().limit(on.org(), "web", new QueueLimits(3, 9L), BY)));
  }

  private static Stream<Row> workers() {
    return Stream.of(
        row("drain")
            .given(on -> on.register(on.worker()))
            .when(on -> on.backend().workers().drain(on.org(), "w", true, BY)),
        row("note")
            .given(on -> on.register(on.worker()))
            .when(on -> on.backend().workers().setNote(on.org(), "w", "a note", BY)),
        row("protection")
            .given(on -> on.register(on.worker()))
            .when(on -> on.backend().workers().protect(on.org(), "w", Long.MAX_VALUE, BY)),
        row("deregistration by an operator")
            .given(on -> on.inGrace("a"))
            .given(on -> on.enqueue(WorkBuilder.work("b")))
            .given(on -> on.poll("second", 1, false))
            .when(on -> on.backend().workers().deregister(on.worker().ref(), BY)));
  }

  private static Stream<Row> findings() {
    return Stream.of(
        row("finding").when(OperatorRows::observe),
        row("acknowledgement of a finding")
            .given(OperatorRows::observe)
            .when(on -> on.backend().findings().acknowledge(on.org(), KEY, BY)),
        row("mute")
            .given(OperatorRows::observe)
            .when(on -> on.backend().findings().mute(on.org(), KEY, 0, BY)),
        row("notices")
            .given(OperatorRows::observe)
            .when(on -> on.backend().findings().takeNotices(on.org(), List.of(), 5)));
  }

  private static Object observe(Seat on) {
    return on.backend().findings().observe(on.org(), List.of(FINDING), 60_000, true);
  }

  private static Stream<Row> keys() {
    return Stream.of(
        row("key").when(on -> on.backend().credentials().addKey(on.hash(), on.key())),
        row("minted key").when(on -> on.backend().credentials().mintKey(on.hash(), on.key())),
        row("revocation")
            .given(on -> on.backend().credentials().addKey(on.hash(), on.key()))
            .when(on -> on.backend().credentials().revoke(on.org(), on.key().id())),
        row("end of tokens")
            .when(
                on -> {
                  EndedTokens ended = new EndedTokens(on.org(), 1, 2, 3, 4);
                  on.backend().credentials().endTokens(ended, 1);
                  return "";
                }));
  }

  private static Stream<Row> transfers() {
    return Stream.of(
        row("closure").when(on -> close(on, Closure.Purpose.EXPORT)),
        row("opening")
            .given(on -> close(on, Closure.Purpose.EXPORT))
            .when(on -> on.backend().transfers().open(on.org(), OrgCopy.ID, BY)),
        row("import")
            .given(on -> close(on, Closure.Purpose.IMPORT))
            .when(
                on -> {
                  on.backend().transfers().write(on.org(), OrgCopy.ID, project());
                  return "";
                }),
        row("discard of an import")
            .given(on -> close(on, Closure.Purpose.IMPORT))
            .given(on -> on.backend().transfers().write(on.org(), OrgCopy.ID, project()))
            .when(on -> on.backend().transfers().discardStep(on.org(), OrgCopy.ID)),
        row("time")
            .given(on -> on.run("a"))
            .passing(MOMENT)
            .when(on -> on.backend().upkeep().setTime(on.org(), BY)));
  }

  private static Object close(Seat on, Closure.Purpose purpose) {
    return on.backend().transfers().close(on.org(), OrgCopy.closure(purpose), BY);
  }

  private static List<OrgRecord> project() {
    return List.of(new OrgRecord.Project("web", new QueueLimits(3, 9L), 0, 0, null));
  }
}
