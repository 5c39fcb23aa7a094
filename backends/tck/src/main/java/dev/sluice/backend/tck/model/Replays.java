package dev.sluice.backend.tck.model;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was answered to calls with a key: docs/rules.md, "Idempotency". */
final class Replays {

  /** A key until its time, and what was answered to each part of its call. */
  static final class Kept {
    final String bodyHash;
    final long until;
    final Map<Integer, Object> answers = new HashMap<>();

    Kept(String bodyHash, long until) {
      this.bodyHash = bodyHash;
      this.until = until;
    }
  }

  private Replays() {}

  /** Whether the key was used for something else. */
  static boolean reused(OrgState org, @Nullable Idempotency call) {
    return call != null
        && standing(org, call).filter(kept -> !kept.bodyHash.equals(call.bodyHash())).isPresent();
  }

  /**
   * What was answered to that call before.
   *
   * @throws dev.sluice.backend.RefusedException if its key was used for something else
   */
  static <T> Optional<T> find(OrgState org, @Nullable Idempotency call, Class<T> type) {
    if (reused(org, call)) {
      throw org.refusal(Refusal.KEY_REUSED, "");
    }
    return call == null
        ? Optional.empty()
        : standing(org, call).map(kept -> kept.answers.get(call.part())).map(type::cast);
  }

  /** Keeps an answer. The first one of a key says until when. */
  static void keep(OrgState org, @Nullable Idempotency call, Object answer) {
    if (call == null) {
      return;
    }
    org.change();
    Kept kept =
        standing(org, call)
            .orElseGet(() -> new Kept(call.bodyHash(), org.now + org.rules.kept().idempotencyMs()));
    kept.answers.put(call.part(), answer);
    org.replays.put(call.key(), kept);
  }

  /** One whose time is over counts as absent, whether a sweep has met it or not. */
  private static Optional<Kept> standing(OrgState org, Idempotency call) {
    return Optional.ofNullable(org.replays.get(call.key())).filter(kept -> kept.until > org.now);
  }
}
