package dev.sluice.backend.tck.workers;

import org.junit.jupiter.api.Nested;

public abstract class WorkersContract {

  @Nested
  class AvailableWorkers extends AvailabilityCases {}

  @Nested
  class Admissions extends AdmissionCases {}

  @Nested
  class LostAnswers extends LostAnswerCases {}

  @Nested
  class ReadAnswers extends ReadAnswerCases {}

  @Nested
  class Holdings extends HoldingCases {}

  @Nested
  class Leases extends LeaseCases {}

  @Nested
  class Outages extends OutageCases {}

  @Nested
  class Workers extends WorkerCases {}

  @Nested
  class Keys extends CredentialCases {}

  @Nested
  class Drains extends DrainCases {}

  @Nested
  class Revocations extends RevocationCases {}

  @Nested
  class Retirements extends RetirementCases {}
}
