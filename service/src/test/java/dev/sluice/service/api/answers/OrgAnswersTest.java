package dev.sluice.service.api.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.store.SweepResult;
import dev.sluice.service.api.answers.OrgAnswers.Cleanup;
import dev.sluice.service.api.answers.OrgAnswers.Part;
import org.junit.jupiter.api.Test;

class OrgAnswersTest {

  @Test
  void claimsTakenBackAreOrphansAndAllElseWasDue() {
    Cleanup cleanup = Cleanup.of(new SweepResult(2, 3, 4, 5, 0, true));
    assertThat(cleanup.checked()).isEqualTo(14);
    assertThat(cleanup.orphaned()).isEqualTo(5);
    assertThat(cleanup.requeued()).isEqualTo(5);
    assertThat(cleanup.failed()).isZero();
    assertThat(cleanup.more()).isTrue();
    assertThat(cleanup.details())
        .containsExactly(
            new Part("lease-lost", 2),
            new Part("accept-missed", 3),
            new Part("stop-released", 4),
            new Part("due", 5));
  }

  @Test
  void nothingDueIsASuccess() {
    Cleanup cleanup = Cleanup.of(SweepResult.NOTHING);
    assertThat(cleanup.success()).isTrue();
    assertThat(cleanup.checked()).isZero();
    assertThat(cleanup.details()).isEmpty();
  }
}
