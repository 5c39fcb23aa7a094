package dev.sluice.backend.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.read.UpkeepReads.ReadOutbox;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.write.WriteStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of states and their copies, over random operations. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrgStateTest {

  private static final Rules RULES = RandomOperations.rules();

  private final OrgState state = new OrgState();
  private final List<Change> changes = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void indexes_match_the_records(long seed) {
    RandomOperations samples = new RandomOperations(seed, 60);
    for (int round = 0; round < 20; round++) {
      run(samples, 100);

      assertThat(StateDump.of(state)).isEqualTo(StateDump.of(StateDump.rebuilt(state)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void a_copy_with_the_same_changes_is_equal(long seed) {
    run(new RandomOperations(seed, 60), 2_000);
    OrgState copy = new OrgState();
    changes.forEach(copy::apply);

    assertThat(StateDump.of(copy)).isEqualTo(StateDump.of(state));
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void applying_changes_again_changes_nothing(long seed) {
    run(new RandomOperations(seed, 60), 1_000);
    String before = StateDump.of(state);

    List.copyOf(changes).subList(changes.size() / 3, changes.size()).forEach(state::apply);
    assertThat(StateDump.of(state)).isEqualTo(before);

    for (Change change : changes) {
      state.apply(change);
      state.apply(change);
    }
    assertThat(StateDump.of(state)).isEqualTo(before);
  }

  private void run(RandomOperations samples, int operations) {
    for (int i = 0; i < operations; i++) {
      Operation<?> operation = samples.next();
      OrgReply reply = carryOut(operation, samples, List.of());
      if (!reply.needed().isEmpty()) {
        reply = carryOut(operation, samples, samples.load(reply.needed()));
      }
      if (i % 20 == 0) {
        List<ReadOutbox.Unwritten> records =
            ((ReadOutbox.Answer) carryOut(new ReadOutbox(3), samples, List.of()).value()).records();
        carryOut(samples.write(records), samples, List.of());
      }

      assertThat(reply.broken()).as("%s", operation).isNull();
      assertThat(reply.damaged()).isEmpty();
    }
  }

  private OrgReply carryOut(
      Operation<?> operation, RandomOperations samples, List<OrgCall.Loaded> loaded) {
    WriteStep step = new WriteStep(state, RULES, samples.nowMs(), loaded, RULES.bounds());
    OrgReply reply = step.run(operation);
    changes.addAll(step.changes());
    if (!reply.needed().isEmpty() || operation instanceof ReadOperation) {
      assertThat(step.changes()).as("%s", operation).isEmpty();
    }
    return reply;
  }
}
