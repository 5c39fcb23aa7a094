package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.sluice.backend.AnswerNumbers;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.CallIds;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.ReadOperation;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.DeferredDeletes;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.WireFormat;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.store.StoreHealth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** States are entries of one map, the other tables are maps of bytes. */
final class HazelcastStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastStore.class);

  private final HazelcastMember node;
  private final Rules rules;
  private final AnswerNumbers numbers;
  private final Map<StoreTable, ByteMap> maps = new EnumMap<>(StoreTable.class);
  private final HazelcastHints hints;
  private final DeferredDeletes deferredDeletes;
  private final CallIds calls = new CallIds();
  private final AtomicBoolean left = new AtomicBoolean();

  HazelcastStore(HazelcastMember node, Rules rules, AnswerNumbers numbers) {
    this.node = node;
    this.rules = rules;
    this.numbers = numbers;
    HazelcastInstance member = node.member();
    for (StoreTable table : StoreTable.values()) {
      if (table != StoreTable.STATES) {
        maps.put(table, new HazelcastByteMap(node, table));
      }
    }
    hints = new HazelcastHints(node);
    deferredDeletes = HazelcastMember.shared(member, DeferredDeletes.class, DeferredDeletes::new);
  }

  HazelcastMember node() {
    return node;
  }

  @Override
  public OrgReply carryOut(
      String org, Operation<?> operation, List<OrgCall.Loaded> loaded, @Nullable CallId id) {
    long clock = node.givenTime().orElse(OrgCall.STORE_TIME);
    OrgCall call =
        (OrgCall) node.wire().asSent(new OrgCall(operation, rulesInForce(), clock, loaded, id));
    OrgProcessor processor = processor(call);
    return node.call(
        () -> {
          @Nullable OrgReply returned = node.orgs().executeOnKey(org, processor);
          OrgReply reply = returned != null ? returned : processor.reply();
          if (reply == null) {
            throw new SplitBrainProtectionException("its member left the epoch meanwhile");
          }
          return reply;
        });
  }

  static OrgProcessor processor(OrgCall call) {
    boolean waitsForNoCopy =
        call.operation() instanceof ReadOperation<?> operation && !operation.isFinal();
    return waitsForNoCopy ? new OrgReader(call) : new OrgProcessor(call);
  }

  /** Hazelcast sends a call again if the member that carried it out left before its answer. */
  @Override
  public @Nullable CallId begin(Operation<?> operation) {
    boolean again =
        !(operation instanceof ReadOperation)
            && node.hasOthers()
            && wire().writes(Change.PutCall.class);
    return again ? calls.begin(wire().toBytes(operation)) : null;
  }

  @Override
  public void end(CallId call) {
    calls.end(call);
  }

  @Override
  public ByteMap map(StoreTable table) {
    ByteMap map = maps.get(table);
    if (map == null) {
      throw new IllegalArgumentException(table + " is no map of bytes");
    }
    return map;
  }

  @Override
  public WireFormat wire() {
    return node.wire();
  }

  @Override
  public List<NodeInfo> nodes(long nowMs) {
    return node.look(() -> MemberLayout.nodes(node.member(), nowMs));
  }

  @Override
  public boolean leads() {
    return node.look(() -> node.member().getCluster().getMembers().iterator().next().localMember());
  }

  /** Gives the partitions back; the end of the member ends the process. */
  @Override
  public void leave(String reason) {
    if (left.compareAndSet(false, true)) {
      LOG.error("This member leaves the cluster: {}", reason);
      new Thread(node.member()::shutdown, "sluice-leave").start();
    }
  }

  @Override
  public long now() {
    return node.now();
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
    return node.lostAnswers();
  }

  @Override
  public DeferredDeletes deferredDeletes() {
    return deferredDeletes;
  }

  @Override
  public HazelcastHints hints() {
    return hints;
  }

  @Override
  public void tell(List<Hint> told) {
    hints.tell(told);
  }

  @Override
  public StoreHealth health() {
    String problem = node.gate().problem();
    if (problem != null) {
      return new StoreHealth(List.of(problem), List.of());
    }
    if (!node.running()) {
      return new StoreHealth(List.of("the Hazelcast member is not running"), List.of());
    }
    String tooOld = node.wire().tooOld();
    if (tooOld != null) {
      return new StoreHealth(List.of(tooOld), List.of());
    }
    try {
      List<String> warnings = new ArrayList<>(ClusterHealth.warnings(node.member()));
      warnings.addAll(MemberClocks.of(node.member()).warnings());
      return new StoreHealth(List.of(), warnings);
    } catch (BackendUnavailableException | HazelcastInstanceNotActiveException e) {
      return new StoreHealth(List.of(String.valueOf(e.getMessage())), List.of());
    }
  }
}
