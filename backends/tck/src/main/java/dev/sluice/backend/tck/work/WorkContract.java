package dev.sluice.backend.tck.work;

import org.junit.jupiter.api.Nested;

public abstract class WorkContract {

  @Nested
  class Enqueueing extends EnqueueCases {}

  @Nested
  class Idempotent extends IdempotencyCases {}

  @Nested
  class Order extends OrderCases {}

  @Nested
  class Eligibility extends EligibilityCases {}

  @Nested
  class ListedRepositories extends RepositoryCases {}

  @Nested
  class Issues extends IssueCases {}

  @Nested
  class IssuesFreed extends IssueFreedCases {}

  @Nested
  class Later extends LaterCases {}

  @Nested
  class Deadlines extends DeadlineCases {}

  @Nested
  class DueSet extends DueCases {}

  @Nested
  class DeadLetters extends DeadLetterCases {}

  @Nested
  class Denials extends DenialCases {}

  @Nested
  class Requeues extends RequeueCases {}

  @Nested
  class OrderByHand extends OrderByHandCases {}

  @Nested
  class Admissions extends AdmissionCases {}

  @Nested
  class Text extends TextCases {}

  @Nested
  class Subjects extends SubjectCases {}

  @Nested
  class Stages extends StageCases {}

  @Nested
  class Standings extends StandingCases {}

  @Nested
  class NamesInCalls extends NameCases {}

  @Nested
  class PublicIds extends PublicIdCases {}

  @Nested
  class OfIssue extends OfIssueCases {}

  @Nested
  class Batch extends BatchCases {}

  @Nested
  class BatchEnds extends BatchEndCases {}

  @Nested
  class BatchDeliveries extends BatchDeliveryCases {}
}
