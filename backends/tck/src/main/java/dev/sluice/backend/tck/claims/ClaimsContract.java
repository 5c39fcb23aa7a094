package dev.sluice.backend.tck.claims;

import org.junit.jupiter.api.Nested;

public abstract class ClaimsContract {

  @Nested
  class NoShows extends NoShowCases {}

  @Nested
  class Capacity extends CapacityCases {}

  @Nested
  class HandedOutAlone extends AloneCases {}

  @Nested
  class Outlooks extends OutlookCases {}

  @Nested
  class Claims extends ClaimCases {}

  @Nested
  class Ownership extends OwnershipCases {}

  @Nested
  class Nacks extends NackCases {}

  @Nested
  class Nackers extends NackerCases {}

  @Nested
  class NackingWorkers extends NackingWorkerCases {}

  @Nested
  class FailedRuns extends FailedRunCases {}

  @Nested
  class OwnCauses extends OwnCauseCases {}

  @Nested
  class FailedRunHistories extends FailedRunHistoryCases {}

  @Nested
  class GivenBack extends GiveBackCases {}

  @Nested
  class Accepting extends AcceptCases {}

  @Nested
  class Reattachment extends ReattachCases {}

  @Nested
  class ClaimsByName extends ClaimByNameCases {}

  @Nested
  class ClaimDenials extends ClaimDenialCases {}

  @Nested
  class Transfers extends TransferCases {}

  @Nested
  class ReattachRules extends ReattachRuleCases {}

  @Nested
  class Successors extends SuccessorCases {}

  @Nested
  class Signs extends SignCases {}

  @Nested
  class SnakeCase extends SnakeCaseCases {}
}
