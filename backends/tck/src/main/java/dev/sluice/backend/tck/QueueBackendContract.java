package dev.sluice.backend.tck;

import dev.sluice.backend.Rules;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

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
@Timeout(60)
@ExtendWith(QueueBackendContract.Opening.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class QueueBackendContract {

  /**
   * Opens a backend with these rules, on this clock. Called once a test, and closed after it.
   *
   * <p>Every test works in orgs of its own, with random ids that match {@code [a-z0-9-]{1,64}}, and
   * asserts nothing about other orgs; so one store may serve all of them, one after the other. Each
   * clock starts at the same time. A sweep walks over all orgs, though: emptying the store here,
   * where that is quick, keeps the later tests as quick as the first.
   */
  protected abstract BackendUnderTest open(Rules rules, MovableClock clock);

  /** Gives the cases what opens the backend of the contract that they are run for. */
  static final class Opening implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Fixture.Opener.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      QueueBackendContract contract =
          context.getRequiredTestInstances().findInstance(QueueBackendContract.class).orElseThrow();
      return (Fixture.Opener) contract::open;
    }
  }

  @Nested
  class Enqueueing extends EnqueueCases {}

  @Nested
  class AvailableWorkers extends AvailabilityCases {}

  @Nested
  class Refusals extends RefusalCases {}

  @Nested
  class AuditLines extends AuditCases {}

  @Nested
  class Times extends TimeCases {}

  @Nested
  class StopOrders extends StopOrderCases {}

  @Nested
  class OfferedTimes extends OfferedTimeCases {}

  @Nested
  class Unread extends UnreadCases {}

  @Nested
  class Acknowledged extends AcknowledgedCases {}

  @Nested
  class ExpectedPlaces extends ExpectedPlaceCases {}

  @Nested
  class Idempotent extends IdempotencyCases {}

  @Nested
  class Order extends OrderCases {}

  @Nested
  class Eligibility extends EligibilityCases {}

  @Nested
  class Issues extends IssueCases {}

  @Nested
  class IssuesFreed extends IssueFreedCases {}

  @Nested
  class Limits extends LimitCases {}

  @Nested
  class Budgets extends BudgetCases {}

  @Nested
  class Pauses extends PauseCases {}

  @Nested
  class LargePage extends LargePageCases {}

  @Nested
  class Later extends LaterCases {}

  @Nested
  class Deadlines extends DeadlineCases {}

  @Nested
  class DueSet extends DueCases {}

  @Nested
  class DeadLetters extends DeadLetterCases {}

  @Nested
  class Requeues extends RequeueCases {}

  @Nested
  class NoShows extends NoShowCases {}

  @Nested
  class OrderByHand extends OrderByHandCases {}

  @Nested
  class Cancels extends CancelCases {}

  @Nested
  class NumbersByProject extends ProjectCountCases {}

  @Nested
  class Admissions extends AdmissionCases {}

  @Nested
  class Capacity extends CapacityCases {}

  @Nested
  class Outlooks extends OutlookCases {}

  @Nested
  class Claims extends ClaimCases {}

  @Nested
  class Ownership extends OwnershipCases {}

  @Nested
  class Reports extends TransitionCases {}

  @Nested
  class Nacks extends NackCases {}

  @Nested
  class GivenBack extends GiveBackCases {}

  @Nested
  class Leases extends LeaseCases {}

  @Nested
  class Accepting extends AcceptCases {}

  @Nested
  class Reattachment extends ReattachCases {}

  @Nested
  class Outages extends OutageCases {}

  @Nested
  class Stops extends StopCases {}

  @Nested
  class Inboxes extends InboxCases {}

  @Nested
  class Delivery extends DeliveryCases {}

  @Nested
  class Workers extends WorkerCases {}

  @Nested
  class Numbers extends CountCases {}

  @Nested
  class Damage extends DamageCases {}

  @Nested
  class Orgs extends OrgCases {}

  @Nested
  class Sequence extends SequenceCases {}

  @Nested
  class Keys extends CredentialCases {}

  @Nested
  class Text extends TextCases {}

  @Nested
  class ClaimsByName extends ClaimByNameCases {}

  @Nested
  class Transfers extends TransferCases {}

  @Nested
  class Touches extends TouchCases {}

  @Nested
  class Refreshes extends RefreshCases {}

  @Nested
  class Activities extends ActivityCases {}

  @Nested
  class Timelines extends TimelineCases {}

  @Nested
  class LateResults extends LateResultCases {}

  @Nested
  class Announcements extends HintCases {}

  @Nested
  class WaitingLists extends WaitingListCases {}

  @Nested
  class SessionLists extends SessionListCases {}

  @Nested
  class ProjectLists extends ProjectListCases {}

  @Nested
  class ClaimLists extends ClaimListCases {}

  @Nested
  class StandingLists extends StandingListCases {}

  @Nested
  class WorkerLists extends WorkerListCases {}

  @Nested
  class TheOldest extends OldestCases {}

  @Nested
  class QueueLists extends QueueListCases {}

  @Nested
  class Archives extends ArchiveCases {}

  @Nested
  class Drains extends DrainCases {}

  @Nested
  class Revocations extends RevocationCases {}

  @Nested
  class SweepSteps extends SweepStepCases {}

  @Nested
  class Retention extends RetentionCases {}

  @Nested
  class ReattachRules extends ReattachRuleCases {}

  @Nested
  class Standings extends StandingCases {}

  @Nested
  class Changes extends ChangeCases {}

  @Nested
  class Leftovers extends LeftoverCases {}

  @Nested
  class Signs extends SignCases {}

  @Nested
  class NamesInCalls extends NameCases {}

  @Nested
  class Retirements extends RetirementCases {}

  @Nested
  class Injects extends InjectCases {}

  @Nested
  class SnakeCase extends SnakeCaseCases {}

  @Nested
  class Attempts extends AttemptCases {}

  @Nested
  class Tools extends ToolCases {}

  @Nested
  class PublicIds extends PublicIdCases {}

  @Nested
  class Batch extends BatchCases {}

  @Nested
  class BatchEnds extends BatchEndCases {}

  @Nested
  class Bounds extends BoundCases {}

  @Nested
  class Bytes extends StoredBytesCases {}
}
