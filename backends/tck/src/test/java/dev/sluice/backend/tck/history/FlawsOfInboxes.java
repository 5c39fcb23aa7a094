package dev.sluice.backend.tck.history;

import java.util.List;

/** Of what is told of messages: those that nobody acknowledged, and those that somebody did. */
final class FlawsOfInboxes {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "what was acknowledged is forgotten",
              "Acknowledging",
              "session.acked.add(new AckedMessage(message.shown().excerpted(), org.now, by));",
              ""),
          new Flaw(
              "an acknowledged message was never offered",
              "Acknowledging",
              "message.shown().excerpted()",
              "message.message.excerpted()"),
          new Flaw(
              "a worker acknowledges for the org",
              "ModelInboxes",
              "holder == null ? null : holder.workerId()",
              "null"),
          new Flaw(
              "what is left behind was never offered",
              "Ending",
              ".map(ModelSession.Unacked::shown)",
              ".map(unacked -> unacked.message)"),
          new Flaw(
              "the messages of waiting work stand in no lane",
              "ModelInboxes",
              ".flatMap(session -> session.inbox.stream())",
              ".filter(ModelSession::claimed).flatMap(session -> session.inbox.stream())"),
          new Flaw(
              "stops stand in no lane",
              "ModelInboxes",
              ".filter(message -> message.lane() == lane)\n        .toList();\n  }\n\n  private static long oldest",
              ".filter(message -> message.lane() == lane"
                  + " && message.type() != dev.sluice.backend.MessageType.STOP)"
                  + "\n        .toList();\n  }\n\n  private static long oldest"),
          new Flaw("the oldest unread message is the latest", "ModelInboxes", ".min()", ".max()"),
          new Flaw(
              "a lane is in the order of its sessions",
              "ModelInboxes",
              "Comparator.comparingLong(Cursor::number)",
              "Comparator.comparing(Cursor::name)"));

  private FlawsOfInboxes() {}
}
