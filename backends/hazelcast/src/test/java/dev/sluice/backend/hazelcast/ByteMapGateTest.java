package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.hazelcast.epoch.Gate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes of a member that may serve to entries of one that may not. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ByteMapGateTest {

  private static final byte[] OLD = "old".getBytes(UTF_8);
  private static final byte[] NEW = "new".getBytes(UTF_8);

  private final Gate open =
      new Gate() {
        @Override
        public long number() {
          return 7;
        }
      };
  private HazelcastInstance first;
  private HazelcastInstance second;
  private ByteMap map;

  @BeforeEach
  void start() throws Exception {
    List<String> members = ClusterPortTest.members();
    first = Hazelcast.newHazelcastInstance(config(members, 0));
    second = Hazelcast.newHazelcastInstance(config(members, 1));
    ClusterHealth.awaitHolders(first);
    map = new HazelcastByteMap(new HazelcastMember(first, StoreTime.STORE), StoreTable.ITEMS);
  }

  private Config config(List<String> members, int index) {
    Config config = ClusterPortTest.config(members, index);
    config.getUserContext().put(Gate.class.getName(), open);
    return config;
  }

  @AfterEach
  void end() {
    Hazelcast.shutdownAll();
  }

  @Test
  void an_entry_is_changed_only_while_its_member_may_serve() {
    String own = keyOf(first);
    String other = keyOf(second);
    map.put(own, OLD);
    map.put(other, OLD);
    second.getUserContext().put(Gate.class.getName(), new Gate());

    map.put(own, NEW);
    refused("put", () -> map.put(other, NEW));
    refused("setAll", () -> map.setAll(Map.of(other, NEW)));
    refused("setAll of many", () -> map.setAll(many("set")));
    refused("putIfAbsent", () -> map.putIfAbsent(keyOf(second, "absent"), NEW));
    refused("putAllIfAbsent of many", () -> map.putAllIfAbsentUnsynced(many("put")));
    refused("replace", () -> map.replace(other, OLD, NEW));
    refused("remove", () -> map.remove(other));
    refused("removeIf", () -> map.removeIf(other, OLD));
    refused("delete", () -> map.delete(other));

    second.getUserContext().put(Gate.class.getName(), open);
    assertThat(map.get(own)).isEqualTo(NEW);
    assertThat(map.get(other)).isEqualTo(OLD);
  }

  @Test
  void a_change_is_on_both_members_and_answers_what_was_there() {
    for (String key : List.of(keyOf(first), keyOf(second))) {
      assertThat(map.putIfAbsent(key, OLD)).isNull();
      assertThat(map.putIfAbsent(key, NEW)).isEqualTo(OLD);
      assertThat(map.replace(key, NEW, OLD)).isFalse();
      assertThat(map.replace(key, OLD, NEW)).isTrue();
      assertThat(map.removeIf(key, OLD)).isFalse();
      assertThat(map.removeIf(key, NEW)).isTrue();
      assertThat(map.removeIf(key, NEW)).isFalse();
      assertThat(map.remove(key)).isNull();
      map.put(key, OLD);
      assertThat(map.remove(key)).isEqualTo(OLD);
      map.put(key, OLD);
      map.delete(key);
      assertThat(map.get(key)).isNull();
      map.put(key, NEW);
    }
    String key = keyOf(second);

    second.getLifecycleService().terminate();
    SecondMember.awaitAlone(first);
    assertThat(map.get(key)).as("from the copy").isEqualTo(NEW);
  }

  private static void refused(String what, ThrowingCallable call) {
    assertThatThrownBy(call).as(what).isInstanceOf(BackendUnavailableException.class);
  }

  private String keyOf(HazelcastInstance member) {
    return keyOf(member, "key");
  }

  private String keyOf(HazelcastInstance member, String name) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> name + i)
        .filter(
            key ->
                first
                    .getPartitionService()
                    .getPartition(key)
                    .getOwner()
                    .getUuid()
                    .equals(member.getCluster().getLocalMember().getUuid()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, byte[]> many(String name) {
    return IntStream.range(0, 500)
        .mapToObj(i -> name + i)
        .collect(Collectors.toMap(Function.identity(), key -> NEW));
  }
}
