package dev.sluice.backend.tck.history;

import java.util.List;

/** Of orders to stop many, and of what is told of a stop. */
final class FlawsOfStops {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "an order to stop many leaves no line",
              "ModelStopOrders",
              "state.audit(note, AuditAct.stopMany(run));",
              ""),
          new Flaw(
              "an order to stop many is given twice",
              "ModelStopOrders",
              "find(state, run.id()).isPresent()",
              "find(state, run.id()).isPresent() && state.now < 0"),
          new Flaw(
              "orders to stop many are kept a millisecond more",
              "Retention",
              "run.atMs() + kept.endedMs() <= org.now",
              "run.atMs() + kept.endedMs() < org.now"),
          new Flaw(
              "a refresh that tells of a stop leaves no line",
              "Refreshes",
              "org.note(session, Event.Kind.STOP_TOLD, session.owner, null);",
              ""),
          new Flaw(
              "the end of a grace passes for a sign of the worker",
              "SweepStep",
              "Event.GRACE_OVER",
              "null"),
          new Flaw(
              "an acknowledged stop passes for a report",
              "Acknowledging",
              "Event.ACKNOWLEDGED",
              "null"),
          new Flaw(
              "a message says when it will be offered again",
              "ModelSession",
              "message.offered(offeredAt)",
              "message.offered(hiddenUntil)"));

  private FlawsOfStops() {}
}
