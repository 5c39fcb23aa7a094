package dev.sluice.backend.tck.history;

import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.sessions.Undeliverable;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps tokens and ids made by the store to those of a later run, where they differ since numbers
 * are left out.
 */
final class Ids {

  /** For the first run; learns nothing. */
  static final Ids AS_THEY_ARE = new Ids();

  private final Map<Long, Long> tokens = new HashMap<>();
  private final Map<String, String> messages = new HashMap<>();

  long token(long then) {
    return tokens.getOrDefault(then, then);
  }

  Holder holder(Holder then) {
    return then.withToken(token(then.token()));
  }

  Map<String, Long> tokens(Map<String, Long> then) {
    Map<String, Long> now = new HashMap<>(then);
    now.replaceAll((session, token) -> token(token));
    return now;
  }

  String message(String then) {
    return messages.getOrDefault(then, then);
  }

  RefreshRequest refresh(RefreshRequest then) {
    @Nullable String acked = then.ackedMessage();
    return new RefreshRequest(
        then.injects(),
        acked == null ? null : message(acked),
        then.undeliverable().stream()
            .map(gone -> new Undeliverable(message(gone.messageId()), gone.reason()))
            .toList());
  }

  void learn(Object then, Object now) {
    if (then instanceof PollResult a && now instanceof PollResult b) {
      a.work().forEach(work -> b.work().forEach(other -> same(work, other)));
    } else if (then instanceof Session a && now instanceof Session b) {
      same(a, b);
    } else if (then instanceof StatusResult a && now instanceof StatusResult b) {
      same(a.session(), b.session());
    } else if (then instanceof ClaimResult a && now instanceof ClaimResult b) {
      same(a.session(), b.session());
    } else if (then instanceof LockState a && now instanceof LockState b) {
      same(a.session(), b.session());
    } else if (then instanceof ActivityResult a && now instanceof ActivityResult b) {
      same(a.session(), b.session());
    } else if (then instanceof AckResult a && now instanceof AckResult b) {
      if (a.session() != null && b.session() != null) {
        same(a.session(), b.session());
      }
    } else if (then instanceof StopResult a && now instanceof StopResult b) {
      if (a.messageId() != null && b.messageId() != null) {
        messages.put(a.messageId(), b.messageId());
      }
    } else if (then instanceof SendResult a && now instanceof SendResult b) {
      messages.put(a.message().id(), b.message().id());
    }
  }

  private void same(ClaimedWork then, ClaimedWork now) {
    if (then.sessionId().equals(now.sessionId())) {
      tokens.put(then.token(), now.token());
    }
  }

  private void same(Session then, Session now) {
    tokens.put(then.token(), now.token());
  }
}
