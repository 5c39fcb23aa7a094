package dev.sluice.backend.tck.repeats;

import static dev.sluice.backend.tck.repeats.Row.row;
import static dev.sluice.backend.tck.repeats.Seat.holder;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.sessions.NackReason;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.BatchLane;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Projects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Calls of workers and producers. */
final class Rows {

  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(20);

  private Rows() {}

  static Stream<Row> all() {
    return Stream.of(producers(), workers(), owners(), OperatorRows.all()).flatMap(rows -> rows);
  }

  private static Stream<Row> producers() {
    return Stream.of(
        row("enqueue").when(on -> on.enqueue(WorkBuilder.works("a", 3))),
        row("enqueue of what is known")
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .when(on -> on.enqueue(WorkBuilder.work("a"), WorkBuilder.work("b"))),
        row("enqueue with an idempotency key")
            .when(on -> on.enqueue(WorkBuilder.work("a").bearing("key", 0, "body"))),
        row("enqueue with a public id").when(on -> on.enqueue(WorkBuilder.work("a").called("one"))),
        row("enqueue with a public id that other work has")
            .given(on -> on.enqueue(WorkBuilder.work("a").called("one")))
            .when(on -> on.enqueue(WorkBuilder.work("b").called("one", "two"))),
        row("batch jobs").when(on -> on.backend().batch().add(on.org(), Seat.jobs("j1", "j2"))),
        row("message").given(on -> on.run("a")).when(on -> on.send("a")));
  }

  private static Stream<Row> workers() {
    return Stream.of(
        row("registration").when(on -> on.register(on.worker())),
        row("registration from the machine of another worker")
            .given(on -> on.register(on.worker("old").on("m")))
            .when(on -> on.register(on.worker().on("m"))),
        row("heartbeat")
            .maybeNumbered()
            .given(on -> on.register(on.worker()))
            .passing(MOMENT)
            .when(
                on ->
                    on.beat(
                        new Heartbeat(0, 4, true, Projects.of(List.of("web")), 1, null, false))),
        row("heartbeat that counts too few sessions")
            .given(on -> on.claim("a"))
            .passing(MOMENT)
            .when(on -> on.beat(new Heartbeat(0, null, null, null, null, null, true))),
        row("second heartbeat that counts too few sessions")
            .maybeNumbered()
            .given(on -> on.claim("a"))
            .passing(MOMENT)
            .given(on -> on.beat(new Heartbeat(0, null, null, null, null, null, true)))
            .passing(MOMENT)
            .when(on -> on.beat(new Heartbeat(0, null, null, null, null, null, true))),
        row("heartbeat that lists too few sessions")
            .given(on -> on.claim("a"))
            .passing(MOMENT)
            .when(on -> on.beat(Heartbeat.holding(List.of("unknown")))),
        row("heartbeat that adopts a session")
            .given(Rows::lostAndBack)
            .passing(MOMENT)
            .when(on -> on.beat(Heartbeat.holding(List.of("a")))),
        row("poll with work, messages and jobs")
            .maybeNumbered()
            .given(on -> on.register(on.worker().can(BatchLane.CAPABILITY)))
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .given(on -> on.poll("first", 1, false))
            .given(on -> on.send("a"))
            .given(on -> on.enqueue(WorkBuilder.works("b", 2)))
            .given(on -> on.backend().batch().add(on.org(), Seat.jobs("j1", "j2")))
            .when(on -> on.poll("second", 5, true)),
        row("poll that acknowledges the messages of the one before")
            .maybeNumbered()
            .onOneNode()
            .given(on -> on.register(on.snake()))
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .given(on -> on.poll(on.snake(), "first", 1, false))
            .given(on -> on.send("a"))
            .given(on -> on.poll(on.snake(), "second", 1, false))
            .when(on -> on.poll(on.snake(), "third", 1, false)),
        row("claims given back")
            .given(on -> on.claim("a"))
            .when(
                on -> on.backend().sessions().giveBack(on.org(), "w", Map.of("a", on.token("a")))),
        row("claim by name")
            .given(on -> on.register(on.worker()))
            .given(on -> on.enqueue(WorkBuilder.work("a")))
            .when(on -> on.backend().sessions().claim(on.org(), "a", on.worker().ref())),
        row("deregistration by the worker")
            .given(on -> on.claim("a"))
            .when(on -> on.backend().workers().deregister(on.worker().ref(), null)));
  }

  /** Its worker lost its claim and registers again. */
  private static void lostAndBack(Seat on) {
    on.run("a");
    on.backend().workers().deregister(on.worker().ref(), null);
    on.register(on.worker());
  }

  private static Stream<Row> owners() {
    return Stream.of(
        row("report of a begin")
            .given(on -> on.claim("a"))
            .when(on -> on.report("a", SessionState.RUNNING)),
        row("report of an end")
            .given(on -> on.run("a"))
            .when(on -> on.report("a", SessionState.COMPLETED)),
        row("report of an end by another worker")
            .given(on -> on.run("a"))
            .given(on -> on.register(on.worker("x")))
            .when(on -> on.report("x", "a", SessionState.COMPLETED)),
        row("nack")
            .given(on -> on.claim("a"))
            .when(
                on ->
                    on.backend()
                        .sessions()
                        .nack(on.org(), "a", holder("w"), NackReason.of("no disk"))),
        row("transfer")
            .given(on -> on.run("a"))
            .given(on -> on.register(on.worker("x")))
            .when(
                on ->
                    on.backend()
                        .sessions()
                        .transfer(on.org(), "a", "w", on.worker("x").ref(), true)),
        row("touch")
            .given(on -> on.run("a"))
            .passing(MOMENT)
            .when(on -> on.backend().sessions().touch(on.org(), "a", holder("w"))),
        row("refresh in the grace of a stop")
            .given(on -> on.inGrace("a"))
            .when(on -> refresh(on, RefreshRequest.PLAIN)),
        row("second refresh in the grace of a stop")
            .given(on -> on.inGrace("a"))
            .given(on -> refresh(on, RefreshRequest.PLAIN))
            .when(on -> refresh(on, RefreshRequest.PLAIN)),
        row("refresh that brings a message")
            .given(on -> on.register(on.worker().speaking(Dialect.GO_DAEMON)))
            .given(on -> on.run("a"))
            .given(on -> on.send("a"))
            .when(on -> refresh(on, new RefreshRequest(true, null))),
        row("activity")
            .given(on -> on.run("a"))
            .when(
                on ->
                    on.backend()
                        .sessions()
                        .addActivity(
                            on.org(),
                            "a",
                            holder("w"),
                            new NewActivity("action", "{}", "tool", new TreeMap<>()))),
        row("acknowledgement").given(on -> on.run("a")).given(on -> on.send("a")).when(Rows::ack),
        row("poll that finds an item missing")
            .maybeNumbered()
            .given(on -> on.register(on.worker()))
            .given(on -> on.enqueue(WorkBuilder.works("a", 2)))
            .given(on -> on.store().loseItem(on.org(), "a001"))
            .when(on -> on.poll("first", 2, false)),
        row("sweep after a lost lease")
            .given(on -> on.run("a"))
            .passing(LONG)
            .when(on -> on.backend().upkeep().sweepStep(on.org())),
        row("sweep after an end")
            .given(on -> on.run("a"))
            .given(on -> on.report("a", SessionState.COMPLETED))
            .when(on -> on.backend().upkeep().sweepStep(on.org())),
        row("sweep that moves an ended session out")
            .given(on -> on.run("a"))
            .given(on -> on.report("a", SessionState.COMPLETED))
            .given(on -> on.backend().upkeep().sweepStep(on.org()))
            .passing(LONG)
            .when(on -> on.backend().upkeep().sweepStep(on.org())));
  }

  private static Object refresh(Seat on, RefreshRequest request) {
    return on.backend().sessions().refresh(on.org(), "a", holder("w"), request);
  }

  private static Object ack(Seat on) {
    String message = on.backend().inboxes().list(on.org(), "a").get(0).id();
    return on.backend().inboxes().ack(on.org(), "a", message, Lane.NORMAL, holder("w"));
  }
}
