package dev.sluice.backend.engine.memory;

import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.HintDispatcher;
import dev.sluice.backend.engine.MemoryBudget;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.engine.write.RepeatedCalls;
import dev.sluice.backend.engine.write.WriteStep;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.StoreHealth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * States and maps of bytes in this process, and a log that may make them durable. An operation runs
 * on the calling thread, under the lock of its org.
 */
public final class MemoryStore implements Store {

  private static final long MAX_WAITING = 1_000_000;
  private static final long MAX_ENDED = 100_000;

  private final Rules rules;
  private final StoreTime time;
  private final Consumer<String> onFailure;
  private final AnswerNumbers numbers;
  private final ChangeLog log;
  private final WireFormat wire;
  private final String name = NodeInfo.newName();
  private final MemoryBudget budget = MemoryBudget.ofHeap();
  private final Map<String, OrgState> states = new ConcurrentHashMap<>();
  private final Map<StoreTable, MemoryMap> maps = new EnumMap<>(StoreTable.class);
  private final DeferredDeletes deferredDeletes = new DeferredDeletes();
  private final HintDispatcher board = new HintDispatcher();
  private volatile @Nullable String problem;

  public MemoryStore(BackendEnvironment environment, ChangeLog log) {
    this(environment, log, new WireFormat());
  }

  public MemoryStore(BackendEnvironment environment, ChangeLog log, WireFormat wire) {
    this.rules = environment.rules().withDefaults(MAX_WAITING, MAX_ENDED, budget.room());
    this.time = environment.time();
    this.onFailure = environment.onFailure();
    this.numbers = environment.numbers();
    this.log = log;
    this.wire = wire;
    for (StoreTable table : StoreTable.values()) {
      maps.put(table, new MemoryMap(table, log, this::broke));
    }
  }

  public OrgState state(String org) {
    return states.computeIfAbsent(org, name -> new OrgState());
  }

  /** A copy of the map, not of the states. */
  public Map<String, OrgState> states() {
    return Map.copyOf(states);
  }

  /** Puts a state that the log already has. */
  public void restore(String org, OrgState state) {
    states.put(org, state);
    budget.note(org, state.bytesInMemory());
  }

  @Override
  public OrgReply carryOut(
      String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id) {
    return carryOut(org, operation, loaded, id, true);
  }

  @Override
  public OrgReply carryOutUnsynced(
      String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id) {
    return carryOut(org, operation, loaded, id, false);
  }

  private OrgReply carryOut(
      String org,
      Operation<?> operation,
      List<OrgCall.Loaded> loaded,
      @Nullable CallId id,
      boolean synced) {
    check();
    OrgState state = state(org);
    OrgReply reply;
    long position;
    synchronized (state) {
      WriteStep step =
          new WriteStep(state, rulesInForce(), now(), loaded, budget.bounds(org, rules.bounds()));
      try {
        reply = RepeatedCalls.run(step, operation, id);
        if (!step.changes().isEmpty()) {
          budget.note(org, state.bytesInMemory());
          log.append(org, step.changes());
        }
      } catch (RuntimeException | Error e) { // a change may be in memory alone
        broke(e);
        throw e;
      }
      position = log.position();
    }
    if (synced || reply.refused() != null) {
      log.await(position);
    }
    return reply;
  }

  private void check() {
    String reason = problem;
    if (reason != null) {
      throw new BackendUnavailableException(reason, false, new IllegalStateException(reason));
    }
    log.check();
  }

  private void broke(Throwable cause) {
    String reason = "the store broke (" + cause + "); start again";
    problem = reason;
    onFailure.accept(reason);
  }

  @Override
  public MemoryMap map(StoreTable table) {
    return Objects.requireNonNull(maps.get(table));
  }

  @Override
  public WireFormat wire() {
    return wire;
  }

  @Override
  public List<NodeInfo> nodes(long nowMs) {
    return List.of(new NodeInfo(name, NodeInfo.RELEASE, wire.newest(), nowMs));
  }

  @Override
  public boolean leads() {
    return true;
  }

  @Override
  public long now() {
    return time.nowMs().orElseGet(System::currentTimeMillis);
  }

  @Override
  public Rules rules() {
    return rules;
  }

  @Override
  public AnswerNumbers numbers() {
    return numbers;
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
    String reason = problem;
    return reason == null ? log.health() : new StoreHealth(List.of(reason), List.of());
  }

  @Override
  public @Nullable String signingSecret(String candidate) {
    return log.signingSecret(candidate);
  }

  void close() {
    problem = "the backend is closed";
    board.close();
    log.close();
  }
}
