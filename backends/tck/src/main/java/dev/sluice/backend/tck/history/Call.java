package dev.sluice.backend.tck.history;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.QueueBackend;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call with all its arguments, to be made of any store.
 *
 * @param text the same for people
 * @param subject the session, worker, project or key that it names first, if any
 * @param read whether it never changes anything
 * @param operation makes it
 * @param nextPage for a list, how its next page is asked for
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

  /** One that is no poll. */
  Call(
      String text,
      @Nullable String subject,
      boolean read,
      Operation operation,
      @Nullable Function<Cursor, Call> nextPage) {
    this(text, subject, read, operation, nextPage, null);
  }

  /** Makes the call. */
  @FunctionalInterface
  interface Operation {
    HistoryAnswer on(QueueBackend store, String org, Ids ids);
  }
}
