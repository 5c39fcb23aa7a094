package dev.sluice.backend.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.EngineBackend;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.ListReads.ListOfIssue;
import dev.sluice.backend.engine.read.ListReads.ListSessions;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Another node changes a session between look and fetch. */
class ChangedMeanwhileTest {

  private static final String ORG = "org";
  private static final AuditNote BY = new AuditNote("who", "why");

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);

  @Test
  void a_session_whose_record_goes_between_look_and_fetch_is_unknown() {
    end("s-1");
    OtherNode other =
        new OtherNode(
            FindSession.class,
            () -> {
              clock.jump(Duration.ofDays(1));
              backend.upkeep().sweepStep(ORG);
            });

    assertThatThrownBy(() -> other.sessions().find(ORG, "s-1"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.UNKNOWN_SESSION));
    assertThat(other.looks).isEqualTo(2);
  }

  @Test
  void a_session_that_is_requeued_meanwhile_stays_on_a_page_of_its_issue() {
    moveOut("s-1", "s-2");
    OtherNode other = new OtherNode(ListOfIssue.class, () -> requeue("s-1"));

    assertThat(other.sessions().ofIssue(ORG, "ENG-1", null, 9).items())
        .extracting(Session::id, Session::place)
        .containsExactly(tuple("s-1", Place.READY), tuple("s-2", Place.ENDED));
    assertThat(other.looks).isEqualTo(1);
  }

  @Test
  void and_leaves_a_page_of_ended_ones() {
    moveOut("s-1", "s-2");
    OtherNode other = new OtherNode(ListSessions.class, () -> requeue("s-1"));

    assertThat(other.sessions().rows(ORG, null, Place.ENDED, null, 9).items())
        .extracting(Session::id)
        .containsExactly("s-2");
    assertThat(other.looks).isEqualTo(1);
  }

  private void end(String id) {
    backend
        .work()
        .enqueue(
            ORG,
            List.of(
                new NewWork(
                    id, id, "ENG-1", "web", List.of(), 5, clock.now(), 0, 0, "hash", "{}")));
    backend.sessions().stop(ORG, id, new StopMessage("", null, null), Place.ANY, BY);
  }

  /** Ends them and moves them out of the state of their org. */
  private void moveOut(String... ids) {
    Stream.of(ids).forEach(this::end);
    backend.upkeep().moveOutNow(ORG);
  }

  private void requeue(String id) {
    backend.sessions().requeue(ORG, id, Place.ANY, BY);
  }

  private static final class EngineOn extends EngineBackend {
    EngineOn(Store store) {
      super(store);
    }

    @Override
    public void close() {}
  }

  /** Another node, which fetches late after its first look. */
  private final class OtherNode implements Store {
    private final Store store = backend.store();
    private final DeferredDeletes deferredDeletes = new DeferredDeletes();
    private final Class<? extends Operation<?>> look;
    private final Runnable meanwhile;
    private int looks;

    OtherNode(Class<? extends Operation<?>> look, Runnable meanwhile) {
      this.look = look;
      this.meanwhile = meanwhile;
    }

    Sessions sessions() {
      return new EngineOn(this).sessions();
    }

    @Override
    public OrgReply carryOut(
        String org, Operation<?> operation, List<OrgCall.Loaded> loaded, CallId id) {
      OrgReply reply = store.carryOut(org, operation, loaded, id);
      if (look.isInstance(operation) && ++looks == 1) {
        meanwhile.run();
      }
      return reply;
    }

    @Override
    public ByteMap map(StoreTable table) {
      return store.map(table);
    }

    @Override
    public WireFormat wire() {
      return store.wire();
    }

    @Override
    public List<NodeInfo> nodes(long nowMs) {
      return store.nodes(nowMs);
    }

    @Override
    public boolean leads() {
      return false;
    }

    @Override
    public long now() {
      return store.now();
    }

    @Override
    public AnswerNumbers numbers() {
      return store.numbers();
    }

    @Override
    public Rules rules() {
      return store.rules();
    }

    @Override
    public long lostAnswers() {
      return store.lostAnswers();
    }

    @Override
    public DeferredDeletes deferredDeletes() {
      return deferredDeletes;
    }

    @Override
    public Hints hints() {
      return store.hints();
    }

    @Override
    public void tell(List<Hint> hints) {
      store.tell(hints);
    }

    @Override
    public StoreHealth health() {
      return store.health();
    }
  }
}
