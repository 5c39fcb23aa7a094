package dev.sluice.backend.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.OrgReads.CountWork;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Counters;
import dev.sluice.backend.engine.records.Delta;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.UnreadableSession;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.state.RandomOperations;
import dev.sluice.backend.engine.state.StateDump;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.engine.write.Sweep;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrgSerializationTest {

  private final SerializationService service = service();

  @Test
  void a_state_survives_a_round_trip_with_its_indexes() {
    OrgState state = workload();

    OrgState copy = service.toObject(service.toData(state));

    assertThat(StateDump.of(copy)).isEqualTo(StateDump.of(state));
  }

  @Test
  void a_copy_shares_strings_like_the_original() {
    OrgState copy = service.toObject(service.toData(workload()));

    List<SessionRecord> waiting = new ArrayList<>();
    copy.eachSession(
        slot -> {
          if (slot instanceof SessionRecord session && session.place() != Place.ENDED) {
            waiting.add(session);
          }
        });
    assertThat(waiting)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            session ->
                assertThat(session.project())
                    .isSameAs(copy.work().project(session.project()).name()));
  }

  @Test
  void an_unreadable_record_loses_no_other() {
    OrgState state = workload();
    int sessions = state.sessionCount();
    state.keepUnreadable(new UnreadableSession("damaged", new byte[] {3, 40, 1}));

    OrgState copy = service.toObject(service.toData(state));

    assertThat(copy.sessionCount()).isEqualTo(sessions + 1);
    OrgReply reply =
        step(copy, Rules.DEFAULTS, System.currentTimeMillis()).run(new FindSession("damaged"));
    assertThat(reply.refused().refusal()).isEqualTo(Refusal.DAMAGED);
    assertThat(reply.damaged()).containsExactly("damaged");
    Data again = service.toData(copy);
    assertThat(((OrgState) service.toObject(again)).sessionCount()).isEqualTo(sessions + 1);
  }

  @Test
  void processors_and_replies_are_serialized() {
    OrgCall sweep =
        new OrgCall(
            new Sweep("node-1", true),
            Rules.DEFAULTS,
            7,
            List.of(),
            new CallId("node-1", 7, 3, 99));
    OrgProcessor processor = copy(new OrgProcessor(sweep));
    assertThat(processor).isNotInstanceOf(OrgReader.class);
    assertThat(processor.call()).isEqualTo(sweep);

    OrgCall count =
        new OrgCall(new CountWork(), Rules.DEFAULTS, OrgCall.STORE_TIME, List.of(), null);
    OrgReader reader = copy(new OrgReader(count));
    assertThat(reader.call()).isEqualTo(count);

    Delta delta = new Delta(List.of(new Change.PutCounters(new Counters(1, 2, 3, 4, 5, 6))));
    assertThat(copy(new OrgDelta(delta)).delta()).isEqualTo(delta);

    OrgReply reply =
        new OrgReply(
            7,
            42L,
            null,
            null,
            List.of(new OrgReply.Garbage(OrgReply.Stored.TEXT, "session", 9)),
            List.of("damaged"),
            List.of(new OrgReply.Needed("session", 3)),
            List.of(new OrgReply.OrgHint(Hint.Kind.SLOT, "worker")));
    assertThat(copy(reply)).isEqualTo(reply);
  }

  @Test
  void only_reads_use_the_reader() {
    assertThatThrownBy(
            () ->
                new OrgReader(
                    new OrgCall(new Sweep("node-1", true), Rules.DEFAULTS, 7, List.of(), null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private <T> T copy(T object) {
    return service.toObject(service.toData(object));
  }

  private static OrgState workload() {
    OrgState state = new OrgState();
    RandomOperations samples = new RandomOperations(11, 200);
    for (int i = 0; i < 2_000; i++) {
      var operation = samples.next();
      step(state, RandomOperations.rules(), samples.nowMs()).run(operation);
    }
    return state;
  }

  private static SerializationService service() {
    SerializationConfig config = new SerializationConfig();
    OrgSerialization.register(config, new WireFormat());
    return new DefaultSerializationServiceBuilder().setConfig(config).build();
  }

  private static WriteStep step(OrgState state, Rules rules, long nowMs) {
    return new WriteStep(state, rules, nowMs, List.of(), rules.bounds());
  }
}
