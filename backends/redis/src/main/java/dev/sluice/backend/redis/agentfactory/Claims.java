package dev.sluice.backend.redis.agentfactory;

import dev.sluice.backend.work.Place;
import java.util.Map;

/** The claim keys: hints, since they expire while a session runs and outlive its move. */
final class Claims {

  private Claims() {}

  /** Lists those that no claim agrees with. */
  static void list(Source source, Keys keys, Map<String, Draft> drafts, Findings findings) {
    source.strings(
        keys.of(Family.CLAIM),
        (key, worker) -> {
          Draft draft = drafts.get(Family.CLAIM.id(key));
          if (draft == null) {
            findings.leftOut(key, "it has no session");
          } else if (draft.place() != Place.CLAIMED) {
            findings.leftOut(key, "its session is " + draft.place().wire());
          } else if (!worker.equals(draft.owner())) {
            findings.leftOut(key, "its session has another worker");
          }
        },
        findings::gone);
  }
}
