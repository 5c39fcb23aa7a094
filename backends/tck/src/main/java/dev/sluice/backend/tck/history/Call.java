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
 */
record Call(
    String text,
    @Nullable String subject,
    boolean read,
    Operation operation,
    @Nullable Function<Cursor, Call> nextPage)
    implements Step {

  /** Makes the call. */
  @FunctionalInterface
  interface Operation {
    Answer on(QueueBackend store, String org, Ids ids);
  }
}
