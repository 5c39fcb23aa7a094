package dev.sluice.backend.tck.contract;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.CallIds;
import dev.sluice.backend.engine.EngineBackend;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.engine.write.WriteOperation;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.StoreHealth;
import dev.sluice.backend.tck.RepeatingBackend;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engine on a store that carries each write out twice, while it loses answers. */
public final class RepeatingEngine implements RepeatingBackend {

  /** The kit can't lose the item of a job; see {@code CarriedOutTwiceTest}. */
  private static final Set<String> NOT_CALLED = Set.of("FailJob");

  private final Set<String> lost = new TreeSet<>();
  private final QueueBackend backend;
  private final WireFormat wire;
  private boolean losing;

  public RepeatingEngine(Store store) {
    wire = store.wire();
    backend = new Engine(new Twice(store));
  }

  @Override
  public QueueBackend backend() {
    return backend;
  }

  @Override
  public <T extends @Nullable Object> T losing(Supplier<T> call) {
    losing = true;
    try {
      return call.get();
    } finally {
      losing = false;
    }
  }

  @Override
  public Set<String> lost() {
    return lost;
  }

  @Override
  public Set<String> writes() {
    Set<String> writes = new TreeSet<>();
    for (Class<?> type : wire.types()) {
      if (WriteOperation.class.isAssignableFrom(type)) {
        writes.add(type.getSimpleName());
      }
    }
    writes.removeAll(NOT_CALLED);
    return writes;
  }

  @Override
  public void close() {
    backend.close();
  }

  private static final class Engine extends EngineBackend {
    Engine(Store store) {
      super(store);
    }

    @Override
    public void close() {}
  }

  /** Forwards all but the calls on orgs. */
  private final class Twice implements Store {

    private final Store store;
    private final CallIds calls = new CallIds();
    private final Map<StoreTable, ByteMap> maps = new ConcurrentHashMap<>();

    Twice(Store store) {
      this.store = store;
    }

    @Override
    public @Nullable CallId begin(Operation<?> operation) {
      return losing && operation instanceof WriteOperation
          ? calls.begin(wire.toBytes(operation))
          : null;
    }

    @Override
    public void end(CallId call) {
      calls.end(call);
    }

    @Override
    public OrgReply carryOut(
        String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id) {
      if (id != null) {
        lost.add(operation.getClass().getSimpleName());
        store.carryOut(org, operation, loaded, id);
      }
      return store.carryOut(org, operation, loaded, id);
    }

    /** An added key answers false the second time, which no caller looks at. */
    @Override
    public ByteMap map(StoreTable table) {
      ByteMap map = store.map(table);
      return maps.computeIfAbsent(
          table, name -> new RepeatingMap(map, () -> losing, name != StoreTable.KEYS));
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
      return store.deferredDeletes();
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
