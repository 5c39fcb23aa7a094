package dev.sluice.backend.engine.memory;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreHealth;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.HintDispatcher;
import dev.sluice.backend.engine.Store;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.OrgReply;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.write.WriteStep;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

final class MemoryStore implements Store {

  private static final String CLOSED = "the backend is closed";

  private final Rules rules;
  private final StoreTime time;
  private final Map<String, OrgState> states = new ConcurrentHashMap<>();
  private final Map<StoreTable, MemoryMap> maps = new EnumMap<>(StoreTable.class);
  private final DeferredDeletes deferredDeletes = new DeferredDeletes();
  private final HintDispatcher board = new HintDispatcher();
  private volatile boolean closed;

  MemoryStore(Rules rules, StoreTime time) {
    this.rules = rules;
    this.time = time;
    for (StoreTable table : StoreTable.values()) {
      maps.put(table, new MemoryMap());
    }
  }

  OrgState state(String org) {
    return states.computeIfAbsent(org, name -> new OrgState());
  }

  @Override
  public OrgReply carryOut(String org, Operation<?> operation, List<OrgCall.Loaded> loaded) {
    if (closed) {
      throw new BackendUnavailableException(CLOSED, false, new IllegalStateException(CLOSED));
    }
    OrgState state = state(org);
    synchronized (state) {
      return new WriteStep(state, rules, now(), loaded, rules.bounds()).run(operation);
    }
  }

  @Override
  public MemoryMap map(StoreTable table) {
    return Objects.requireNonNull(maps.get(table));
  }

  @Override
  public long now() {
    return time.nowMs().orElseGet(System::currentTimeMillis);
  }

  @Override
  public long lostAnswers() {
    return 0;
  }

  @Override
  public DeferredDeletes deferredDeletes() {
    return deferredDeletes;
  }

  @Override
  public Hints hints() {
    return board;
  }

  @Override
  public void tell(List<Hint> hints) {
    board.tell(hints);
  }

  @Override
  public StoreHealth health() {
    return new StoreHealth(closed ? List.of(CLOSED) : List.of(), List.of());
  }

  void close() {
    closed = true;
    board.close();
  }
}
