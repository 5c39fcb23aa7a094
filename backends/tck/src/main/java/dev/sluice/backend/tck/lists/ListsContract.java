package dev.sluice.backend.tck.lists;

import org.junit.jupiter.api.Nested;

public abstract class ListsContract {

  @Nested
  class Buckets extends BucketListCases {}

  @Nested
  class LargePage extends LargePageCases {}

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
  class QueueLists extends QueueListCases {}
}
