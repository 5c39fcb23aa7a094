package dev.sluice.backend.tck.history;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.store.QueueBackend;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call of any store.
 *
 * @param text one line for people
 * @param subject the session, worker, project or key named first, if any
 * @param read true if it never changes anything
 * @param nextPage a list's next page
 * @param request a poll's request id
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
