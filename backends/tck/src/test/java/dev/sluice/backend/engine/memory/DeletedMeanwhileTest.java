package dev.sluice.backend.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreHealth;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.ByteMap;
import dev.sluice.backend.engine.EngineBackend;
import dev.sluice.backend.engine.Store;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.OrgReply;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another node deletes record and item between look and fetch. */
class DeletedMeanwhileTest {

  private static final String ORG = "org";

  private final MovableClock clock = new MovableClock();
  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, clock);

  @Test
  void a_session_whose_record_goes_between_look_and_fetch_is_unknown() {
    backend
        .work()
        .enqueue(
            ORG,
            List.of(
                new NewWork(
                    "s-1", "s-1", "s-1", "web", List.of(), 5, clock.now(), 0, 0, "hash", "{}")));
    backend
        .sessions()
        .stop(ORG, "s-1", new StopMessage("", null, null), Place.ANY, new AuditNote("who", "why"));
    OtherNode other = new OtherNode();

    assertThatThrownBy(() -> new EngineOn(other).sessions().find(ORG, "s-1"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.UNKNOWN_SESSION));
    assertThat(other.looks).isEqualTo(2);
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
    private int looks;

    @Override
    public OrgReply carryOut(String org, Operation<?> operation, List<OrgCall.Loaded> loaded) {
      OrgReply reply = store.carryOut(org, operation, loaded);
      if (operation instanceof FindSession && ++looks == 1) {
        clock.jump(Duration.ofDays(1));
        backend.upkeep().sweepStep(org);
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
