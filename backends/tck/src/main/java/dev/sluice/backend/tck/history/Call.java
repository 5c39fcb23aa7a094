package dev.sluice.backend.tck.history;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.QueueBackend;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call with all its arguments, for any store.
 *
 * @param text one line for people
 * @param subject the session, worker, project or key that it names first, if any
 * @param read true if it never changes anything
 * @param nextPage for a list, the call for its next page
 * @param request for a poll, its request id
 */
record Call(
    String text,
    @Nullable String subject,
    boolean read,
    Operation operation,
    @Nullable Function<Cursor, Call> nextPage,
    @Nullable String request)
    implements Step {

  Call(
      String text,
      @Nullable String subject,
      boolean read,
      Operation operation,
      @Nullable Function<Cursor, Call> nextPage) {
    this(text, subject, read, operation, nextPage, null);
  }

  @FunctionalInterface
  interface Operation {
    HistoryAnswer on(QueueBackend store, String org, Ids ids);
  }
}
