package dev.sluice.backend.tck;

import dev.sluice.backend.Rules;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

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

  @Nested
  class Enqueueing extends EnqueueCases {
    Enqueueing() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class AvailableWorkers extends AvailabilityCases {
    AvailableWorkers() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Refusals extends RefusalCases {
    Refusals() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class AuditLines extends AuditCases {
    AuditLines() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Times extends TimeCases {
    Times() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class StopOrders extends StopOrderCases {
    StopOrders() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class OfferedTimes extends OfferedTimeCases {
    OfferedTimes() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Unread extends UnreadCases {
    Unread() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Acknowledged extends AcknowledgedCases {
    Acknowledged() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class ExpectedPlaces extends ExpectedPlaceCases {
    ExpectedPlaces() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Idempotent extends IdempotencyCases {
    Idempotent() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Order extends OrderCases {
    Order() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Eligibility extends EligibilityCases {
    Eligibility() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Issues extends IssueCases {
    Issues() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class IssuesFreed extends IssueFreedCases {
    IssuesFreed() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Limits extends LimitCases {
    Limits() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Budgets extends BudgetCases {
    Budgets() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Pauses extends PauseCases {
    Pauses() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class LargePage extends LargePageCases {
    LargePage() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Later extends LaterCases {
    Later() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Deadlines extends DeadlineCases {
    Deadlines() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class DueSet extends DueCases {
    DueSet() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class DeadLetters extends DeadLetterCases {
    DeadLetters() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Requeues extends RequeueCases {
    Requeues() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class NoShows extends NoShowCases {
    NoShows() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class OrderByHand extends OrderByHandCases {
    OrderByHand() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Cancels extends CancelCases {
    Cancels() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class NumbersByProject extends ProjectCountCases {
    NumbersByProject() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Admissions extends AdmissionCases {
    Admissions() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Capacity extends CapacityCases {
    Capacity() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Outlooks extends OutlookCases {
    Outlooks() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Claims extends ClaimCases {
    Claims() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Ownership extends OwnershipCases {
    Ownership() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Reports extends TransitionCases {
    Reports() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Nacks extends NackCases {
    Nacks() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class GivenBack extends GiveBackCases {
    GivenBack() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Leases extends LeaseCases {
    Leases() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Accepting extends AcceptCases {
    Accepting() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Reattachment extends ReattachCases {
    Reattachment() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Outages extends OutageCases {
    Outages() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Stops extends StopCases {
    Stops() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Inboxes extends InboxCases {
    Inboxes() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Delivery extends DeliveryCases {
    Delivery() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Workers extends WorkerCases {
    Workers() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Numbers extends CountCases {
    Numbers() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Damage extends DamageCases {
    Damage() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Orgs extends OrgCases {
    Orgs() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Sequence extends SequenceCases {
    Sequence() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Keys extends CredentialCases {
    Keys() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Text extends TextCases {
    Text() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class ClaimsByName extends ClaimByNameCases {
    ClaimsByName() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Transfers extends TransferCases {
    Transfers() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Touches extends TouchCases {
    Touches() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Refreshes extends RefreshCases {
    Refreshes() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Activities extends ActivityCases {
    Activities() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Timelines extends TimelineCases {
    Timelines() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class LateResults extends LateResultCases {
    LateResults() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Announcements extends HintCases {
    Announcements() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class WaitingLists extends WaitingListCases {
    WaitingLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class SessionLists extends SessionListCases {
    SessionLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class ProjectLists extends ProjectListCases {
    ProjectLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class ClaimLists extends ClaimListCases {
    ClaimLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class StandingLists extends StandingListCases {
    StandingLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class WorkerLists extends WorkerListCases {
    WorkerLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class TheOldest extends OldestCases {
    TheOldest() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class QueueLists extends QueueListCases {
    QueueLists() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Archives extends ArchiveCases {
    Archives() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Drains extends DrainCases {
    Drains() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Revocations extends RevocationCases {
    Revocations() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class SweepSteps extends SweepStepCases {
    SweepSteps() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Retention extends RetentionCases {
    Retention() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class ReattachRules extends ReattachRuleCases {
    ReattachRules() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Standings extends StandingCases {
    Standings() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Changes extends ChangeCases {
    Changes() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Leftovers extends LeftoverCases {
    Leftovers() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Signs extends SignCases {
    Signs() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class NamesInCalls extends NameCases {
    NamesInCalls() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Retirements extends RetirementCases {
    Retirements() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Injects extends InjectCases {
    Injects() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class SnakeCase extends SnakeCaseCases {
    SnakeCase() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Attempts extends AttemptCases {
    Attempts() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Tools extends ToolCases {
    Tools() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class PublicIds extends PublicIdCases {
    PublicIds() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Batch extends BatchCases {
    Batch() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class BatchEnds extends BatchEndCases {
    BatchEnds() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Bounds extends BoundCases {
    Bounds() {
      super(QueueBackendContract.this::open);
    }
  }

  @Nested
  class Bytes extends StoredBytesCases {
    Bytes() {
      super(QueueBackendContract.this::open);
    }
  }
}
