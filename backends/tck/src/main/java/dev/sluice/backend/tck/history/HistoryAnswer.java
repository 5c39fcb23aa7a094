package dev.sluice.backend.tck.history;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.ClaimResult;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.sessions.StopResult;
import dev.sluice.backend.tck.AnswerLog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * @param seq {@link #NONE} if it carries none
 * @param value the result, a {@link Refused}, a {@link Failed}, or {@link #LOST}
 */
record HistoryAnswer(long seq, Object value) {

  static final long NONE = -1;

  /** The call may have been carried out or not. */
  static final HistoryAnswer LOST = new HistoryAnswer(NONE, "no answer");

  record Refused(Refusal refusal, @Nullable String owner, @Nullable String words) {}

  /** An answer that no store may give. */
  record Failed(String what) {}

  static HistoryAnswer of(Object value) {
    return new HistoryAnswer(AnswerLog.last(), value);
  }

  static HistoryAnswer withoutNumber(Object value) {
    return new HistoryAnswer(NONE, value);
  }

  static HistoryAnswer to(Supplier<HistoryAnswer> call) {
    AnswerLog.clear();
    try {
      return call.get();
    } catch (RefusedException e) {
      return new HistoryAnswer(
          AnswerLog.last(), new Refused(e.refusal(), e.owner(), e.getMessage()));
    } catch (BackendUnavailableException e) {
      return e.outcomeUnknown() ? LOST : new HistoryAnswer(NONE, new Failed(e.toString()));
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return new HistoryAnswer(NONE, new Failed(e + (trace.length == 0 ? "" : " at " + trace[0])));
    }
  }

  /** The session as the call left it; null if the answer shows none. */
  @Nullable Session session() {
    if (value instanceof StatusResult result) {
      return result.session();
    } else if (value instanceof ClaimResult result) {
      return result.session();
    } else if (value instanceof ActivityResult result) {
      return result.session();
    } else if (value instanceof AckResult result) {
      return result.session();
    } else if (value instanceof LockState lock) {
      return lock.session();
    } else if (value instanceof StopResult result) {
      return result.session();
    }
    return value instanceof Session session ? session : null;
  }

  boolean numbered() {
    return seq != NONE;
  }

  boolean failed() {
    return value instanceof Failed;
  }
}
