package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Enqueued;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.SessionState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Enqueue: docs/rules.md, "Enqueue". */
abstract class EnqueueCases extends Fixture {

  EnqueueCases(Opener opener) {
    super(opener);
  }

  @Test
  void new_work_is_pending_at_its_position() {
    NewWork work =
        new NewWork("s-1", "s-1", "s-1", "web", List.of(), 3, clock.now(), "hash", "{\"a\":1}");

    Enqueued enqueued = queue().enqueue(org, List.of(work)).value().get(0);

    assertThat(enqueued).isEqualTo(new Enqueued("s-1", false, SessionState.PENDING, 1, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void keeps_the_priority(int priority) {
    NewWork work =
        new NewWork("s-1", "s-1", "s-1", "web", List.of(), priority, clock.now(), "h", "{}");

    queue().enqueue(org, List.of(work));

    assertThat(sessions().find(org, "s-1").value().priority()).isEqualTo(priority);
  }
}
