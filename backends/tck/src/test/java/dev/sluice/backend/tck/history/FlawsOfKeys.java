package dev.sluice.backend.tck.history;

import java.util.List;

/** Of calls with a key. */
final class FlawsOfKeys {

  static final List<Flaw> ALL =
      List.of(
          new Flaw(
              "another content under a known key is a repeat",
              "Replays",
              "!kept.bodyHash.equals(call.bodyHash())",
              "kept.bodyHash.isEmpty()"),
          new Flaw(
              "an answer outlives its time by a millisecond",
              "Replays",
              "kept.until > org.now",
              "kept.until >= org.now"),
          new Flaw(
              "a key is used up by a refused enqueue",
              "ModelQueue",
              "if (result.refusal() == null) {",
              "if (org.now > 0) {"),
          new Flaw(
              "a repeated message is sent again",
              "ModelInboxes",
              "if (before.isPresent()) {",
              "if (before.isPresent() && state.now < 0) {"),
          new Flaw("keys are never forgotten", "Retention", ".until <= org.now", ".until < 0"));

  private FlawsOfKeys() {}
}
