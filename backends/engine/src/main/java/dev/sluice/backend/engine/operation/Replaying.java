package dev.sluice.backend.engine.operation;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.engine.state.Replay;
import dev.sluice.backend.work.Enqueued;
import org.jspecify.annotations.Nullable;

/** Calls with a key: docs/rules.md, "Idempotency". */
final class Replaying {

  private Replaying() {}

  /** Whether the key was used for another content. */
  static boolean reused(Step step, @Nullable Idempotency call) {
    Replay known = call == null ? null : standing(step, call.key());
    return call != null && known != null && !known.bodyHash().equals(call.bodyHash());
  }

  /** What was answered to that part of the call before; null if nothing. */
  static @Nullable Replay find(Step step, @Nullable Idempotency call) {
    return call == null || standing(step, call.key()) == null
        ? null
        : step.state().replays().find(call.key(), call.part());
  }

  /** Keeps what is answered to an enqueue. */
  static void keep(Step step, @Nullable Idempotency call, Enqueued answer) {
    if (call != null) {
      long until = begin(step, call);
      step.apply(
          new Change.PutReplay(
              new Replay(
                  call.key(),
                  call.part(),
                  call.bodyHash(),
                  until,
                  answer.sessionId(),
                  answer.duplicate(),
                  answer.state(),
                  answer.position(),
                  0)));
    }
  }

  /** Keeps what is answered to the sender of a message. */
  static void keep(Step step, @Nullable Idempotency call, MessageRecord message) {
    if (call != null) {
      long until = begin(step, call);
      step.apply(
          new Change.PutReplay(
              new Replay(
                  call.key(),
                  call.part(),
                  call.bodyHash(),
                  until,
                  message.id(),
                  false,
                  null,
                  0,
                  message.createdAtMs())));
    }
  }

  /** Until when answers under that key are kept. One whose time is over makes way. */
  private static long begin(Step step, Idempotency call) {
    Replay standing = standing(step, call.key());
    if (standing != null) {
      return standing.untilMs();
    }
    if (step.state().replays().any(call.key()) != null) {
      step.apply(new Change.RemoveReplays(call.key()));
    }
    return step.now() + step.rules().kept().idempotencyMs();
  }

  private static @Nullable Replay standing(Step step, String key) {
    Replay known = step.state().replays().any(key);
    return known == null || known.untilMs() <= step.now() ? null : known;
  }
}
