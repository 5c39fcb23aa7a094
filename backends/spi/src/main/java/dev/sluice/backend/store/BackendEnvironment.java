package dev.sluice.backend.store;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * @param dataDirectory for an embedded store; may not exist yet
 * @param onFailure gets failure and remedy in words when the store fails for good
 * @param numbers only the contract kit listens
 */
public record BackendEnvironment(
    Rules rules,
    Path dataDirectory,
    StoreTime time,
    Consumer<String> onFailure,
    AnswerNumbers numbers) {

  public BackendEnvironment(
      Rules rules, Path dataDirectory, StoreTime time, Consumer<String> onFailure) {
    this(rules, dataDirectory, time, onFailure, AnswerNumbers.UNHEARD);
  }

  /** Reports failures by health alone. */
  public BackendEnvironment(Rules rules, Path dataDirectory, StoreTime time) {
    this(rules, dataDirectory, time, failure -> {});
  }
}
