package dev.sluice.backend.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.engine.records.IdempotentAnswer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdempotentAnswersTest {

  private final IdempotentAnswers answers = new IdempotentAnswers();

  @Test
  void changes_of_an_earlier_use_that_are_applied_again_leave_no_trace() {
    answers.put(part(0, 200));

    answers.put(part(1, 100));
    answers.remove("key");
    assertThat(answers.byEnd().size()).isZero();

    answers.put(part(0, 200));
    assertThat(answers.parts("key")).containsExactly(part(0, 200));
    assertThat(answers.byEnd().size()).isEqualTo(1);
  }

  private static IdempotentAnswer part(int part, long untilMs) {
    return new IdempotentAnswer("key", part, "hash", untilMs, "id", false, null, 0, 0);
  }
}
