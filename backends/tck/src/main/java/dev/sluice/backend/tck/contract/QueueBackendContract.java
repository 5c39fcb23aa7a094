package dev.sluice.backend.tck.contract;

import dev.sluice.backend.Rules;
import dev.sluice.backend.tck.BackendUnderTest;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.OpenBackend;
import dev.sluice.backend.tck.claims.ClaimsContract;
import dev.sluice.backend.tck.figures.FiguresContract;
import dev.sluice.backend.tck.lists.ListsContract;
import dev.sluice.backend.tck.messages.MessagesContract;
import dev.sluice.backend.tck.orgs.OrgsContract;
import dev.sluice.backend.tck.queues.QueuesContract;
import dev.sluice.backend.tck.repeats.RepeatsContract;
import dev.sluice.backend.tck.sessions.SessionsContract;
import dev.sluice.backend.tck.transfers.TransfersContract;
import dev.sluice.backend.tck.work.WorkContract;
import dev.sluice.backend.tck.workers.WorkersContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The contract of every backend, a nested class per subject. The test of a backend extends this
 * class and opens its store:
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
@Timeout(60)
@ExtendWith(QueueBackendContract.Opening.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class QueueBackendContract {

  /**
   * Opens a backend. Called once a test, and closed after it.
   *
   * <p>Each test works in orgs of its own, with random ids that match {@code [a-z0-9-]{1,64}}, and
   * asserts nothing about others, so tests may share a store. Each clock starts at the same time.
   * Sweeps walk over all orgs: emptying the store here keeps later tests quick.
   */
  protected abstract BackendUnderTest open(Rules rules, MovableClock clock);

  static final class Opening implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == OpenBackend.Opener.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      QueueBackendContract contract =
          context.getRequiredTestInstances().findInstance(QueueBackendContract.class).orElseThrow();
      return (OpenBackend.Opener) contract::open;
    }
  }

  @Nested
  class Work extends WorkContract {}

  @Nested
  class Claims extends ClaimsContract {}

  @Nested
  class Sessions extends SessionsContract {}

  @Nested
  class Workers extends WorkersContract {}

  @Nested
  class Messages extends MessagesContract {}

  @Nested
  class Queues extends QueuesContract {}

  @Nested
  class TheFigures extends FiguresContract {}

  @Nested
  class Lists extends ListsContract {}

  @Nested
  class Orgs extends OrgsContract {}

  @Nested
  class Transfers extends TransfersContract {}

  @Nested
  class Repeats extends RepeatsContract {}
}
