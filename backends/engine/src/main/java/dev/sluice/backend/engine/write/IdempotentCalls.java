package dev.sluice.backend.engine.write;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.IdempotentAnswer;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.SessionState;
import org.jspecify.annotations.Nullable;

/** Calls with an idempotency key: docs/rules.md, "Idempotency". */
final class IdempotentCalls {

  private IdempotentCalls() {}

  /** Used with another body. */
  static boolean reused(WriteStep step, @Nullable Idempotency call) {
    IdempotentAnswer known = call == null ? null : standing(step, call.key());
    return call != null && known != null && !known.bodyHash().equals(call.bodyHash());
  }

  static @Nullable IdempotentAnswer find(WriteStep step, @Nullable Idempotency call) {
    return call == null || standing(step, call.key()) == null
        ? null
        : step.state().answers().find(call.key(), call.part());
  }

  static void keep(WriteStep step, @Nullable Idempotency call, Enqueued answer) {
    keep(step, call, answer.sessionId(), answer.duplicate(), answer.state(), answer.position(), 0);
  }

  static void keep(WriteStep step, @Nullable Idempotency call, MessageRecord message) {
    keep(step, call, message.id(), false, null, 0, message.createdAtMs());
  }

  private static void keep(
      WriteStep step,
      @Nullable Idempotency call,
      String id,
      boolean duplicate,
      @Nullable SessionState state,
      int position,
      long atMs) {
    if (call != null) {
      long until = begin(step, call);
      step.apply(
          new Change.PutAnswer(
              new IdempotentAnswer(
                  call.key(),
                  call.part(),
                  call.bodyHash(),
                  until,
                  id,
                  duplicate,
                  state,
                  position,
                  atMs)));
    }
  }

  /** Expiry of answers under the key. Deletes expired ones. */
  private static long begin(WriteStep step, Idempotency call) {
    IdempotentAnswer standing = standing(step, call.key());
    if (standing != null) {
      return standing.untilMs();
    }
    if (step.state().answers().any(call.key()) != null) {
      step.apply(new Change.RemoveAnswers(call.key()));
    }
    return step.now() + step.rules().kept().idempotencyMs();
  }

  private static @Nullable IdempotentAnswer standing(WriteStep step, String key) {
    IdempotentAnswer known = step.state().answers().any(key);
    return known == null || known.untilMs() <= step.now() ? null : known;
  }
}
