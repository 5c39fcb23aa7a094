package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.NodeEngineImpl;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import com.hazelcast.spi.impl.operationservice.UrgentSystemOperation;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.StoreTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member of a new cluster that learns late which partitions it holds drops copies until then. */
@Timeout(60)
class FirstWritesTest {

  /** As many as a member may have of a kind. */
  private static final int THREADS = 100;

  @AfterEach
  void end() {
    Hazelcast.shutdownAll();
  }

  @Test
  void theyWaitForMembersToKnowTheirPartitions() throws Exception {
    List<String> members = ClusterPortTest.members();
    HazelcastInstance first = Hazelcast.newHazelcastInstance(ClusterPortTest.config(members, 0));
    HazelcastInstance slow = Hazelcast.newHazelcastInstance(ClusterPortTest.config(members, 1));
    keepFromLearning(slow);

    ClusterHealth.awaitHolders(first);
    ByteMap map =
        new HazelcastByteMap(new HazelcastMember(first, StoreTime.STORE), StoreTable.ITEMS);
    Map<String, byte[]> values =
        IntStream.range(0, 200)
            .boxed()
            .collect(Collectors.toMap(i -> "key-" + i, i -> "value".getBytes(UTF_8)));
    map.setAll(values);

    assertThat(map.getAll(values.keySet())).hasSize(200);
  }

  /** For a moment, during which its threads that would learn it do something else. */
  private static void keepFromLearning(HazelcastInstance member) {
    NodeEngineImpl node = ((HazelcastInstanceProxy) member).getOriginal().node.getNodeEngine();
    CompletableFuture<?> moment =
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    for (int i = 0; i < THREADS; i++) {
      node.getOperationService().execute(new Waiting(moment));
      node.getExecutionService().execute(ExecutionService.ASYNC_EXECUTOR, moment::join);
    }
  }

  private record Waiting(CompletableFuture<?> until)
      implements PartitionSpecificRunnable, UrgentSystemOperation {

    @Override
    public int getPartitionId() {
      return -1; // of none
    }

    @Override
    public void run() {
      until.join();
    }
  }
}
