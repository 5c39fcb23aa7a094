package dev.sluice.backend.tck;

import dev.sluice.backend.Rules;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;

/**
 * What every backend must do, a nested class a subject. A backend's test is this class and the way
 * to open its store:
 *
 * <pre>{@code
 * class RedisContractTest extends QueueBackendContract {
 *   @Override
 *   protected BackendUnderTest open(Rules rules, MovableClock clock) {
 *     return new RedisUnderTest(rules, clock);
 *   }
 * }
 * }</pre>
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class QueueBackendContract {

  /**
   * Opens a backend with these rules, on this clock. Called once a test, and closed after it.
   *
   * <p>Every test works in orgs of its own, with random ids that match {@code [a-z0-9-]{1,64}}, and
   * asserts nothing about other orgs; so one store may serve all of them, one after the other. Each
   * clock starts at the same time.
   */
  protected abstract BackendUnderTest open(Rules rules, MovableClock clock);

  @Nested
  class Enqueueing extends EnqueueCases {
    Enqueueing() {
      super(QueueBackendContract.this::open);
    }
  }
}
