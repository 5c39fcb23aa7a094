package dev.sluice.backend.tck.orgs;

import org.junit.jupiter.api.Nested;

public abstract class OrgsContract {

  @Nested
  class Refusals extends RefusalCases {}

  @Nested
  class AuditLines extends AuditCases {}

  @Nested
  class Events extends EventLogCases {}

  @Nested
  class Hooks extends WebhookCases {}

  @Nested
  class Times extends TimeCases {}

  @Nested
  class Damage extends DamageCases {}

  @Nested
  class Orgs extends OrgCases {}

  @Nested
  class Sequence extends SequenceCases {}

  @Nested
  class Announcements extends HintCases {}

  @Nested
  class SweepSteps extends SweepStepCases {}

  @Nested
  class Retention extends RetentionCases {}

  @Nested
  class Nodes extends NodeCases {}

  @Nested
  class Conditions extends FindingCases {}

  @Nested
  class Notices extends NoticeCases {}

  @Nested
  class Leftovers extends LeftoverCases {}
}
