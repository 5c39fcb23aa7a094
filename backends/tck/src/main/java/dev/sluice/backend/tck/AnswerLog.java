package dev.sluice.backend.tck;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.store.BackendEnvironment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The numbers of the answers that each thread gets from the stores of an {@link #environment}. */
public final class AnswerLog {

  private static final ThreadLocal<@Nullable Long> LAST = new ThreadLocal<>();

  private static final AnswerNumbers NUMBERS = LAST::set;

  private AnswerLog() {}

  /** Returns the environment of a store that the kit judges. */
  public static BackendEnvironment environment(Rules rules, Path dataDirectory, StoreTime time) {
    return new BackendEnvironment(rules, dataDirectory, time, failure -> {}, NUMBERS);
  }

  /** Returns such an environment for a store without files. */
  public static BackendEnvironment environment(Rules rules, StoreTime time) {
    return environment(rules, Path.of("unused"), time);
  }

  /** Returns the number of the answer, or the refusal, that this thread got last. */
  public static long last() {
    Long last = LAST.get();
    if (last == null) {
      throw new IllegalStateException("no numbered answer; is the store's environment the kit's?");
    }
    return last;
  }

  /** Forgets the answers that this thread got so far. */
  public static void clear() {
    LAST.remove();
  }

  /** Makes calls that belong to no answer. */
  public static void aside(Runnable calls) {
    Long last = LAST.get();
    calls.run();
    LAST.set(last);
  }

  /** Returns the number with which a call is answered. */
  public static long numberOf(Supplier<?> call) {
    clear();
    Objects.requireNonNull(call.get());
    return last();
  }
}
