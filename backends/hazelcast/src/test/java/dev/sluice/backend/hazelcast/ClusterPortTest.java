package dev.sluice.backend.hazelcast;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.WrongTargetException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.StoreTable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port of a member: open to members with the secret, for member messages only. */
@Timeout(120)
class ClusterPortTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";
  private static final AtomicInteger READ = new AtomicInteger();

  @AfterEach
  void end() {
    HazelcastClient.shutdownAll();
    Hazelcast.shutdownAll();
  }

  @Test
  void noClientGetsIn() throws IOException {
    List<String> members = members();
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config(members, 0));
    ClientConfig client = new ClientConfig();
    client.setClusterName(member.getConfig().getClusterName());
    client.getNetworkConfig().addAddress(members.get(0));
    client
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(0);

    assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(client))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyMembersOfTheSameSecretJoin() throws IOException {
    List<String> members = members();
    HazelcastInstance first = Hazelcast.newHazelcastInstance(config(members, 0));
    HazelcastInstance other = Hazelcast.newHazelcastInstance(config(members, 1, OTHER));
    assertThat(first.getCluster().getMembers()).hasSize(1);
    assertThat(other.getCluster().getMembers()).hasSize(1);
    other.shutdown();

    Hazelcast.newHazelcastInstance(config(members, 1));
    assertThat(first.getCluster().getMembers()).hasSize(2);
  }

  @Test
  void javaObjectsOfOtherMembersAreNotRead() throws IOException {
    List<String> members = members();
    HazelcastInstance first = Hazelcast.newHazelcastInstance(config(members, 0));
    Config open = config(members, 1);
    open.getSerializationConfig().setJavaSerializationFilterConfig(null);
    HazelcastInstance second = Hazelcast.newHazelcastInstance(open);

    assertThatThrownBy(
            () ->
                second
                    .getExecutorService("gadgets")
                    .submitToMember(new Gadget(), first.getCluster().getLocalMember())
                    .get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(HazelcastSerializationException.class)
        .rootCause()
        .isInstanceOf(SecurityException.class);
    assertThat(READ).hasValue(0);
  }

  @Test
  void exceptionsOfOtherMembersAreRead() throws Exception {
    List<String> members = members();
    HazelcastInstance first = Hazelcast.newHazelcastInstance(config(members, 0));
    HazelcastInstance second = Hazelcast.newHazelcastInstance(config(members, 1));
    MemberClocks.replace(
        first,
        () -> {
          throw new IllegalStateException("no time", new IOException("broken"));
        });

    assertThatThrownBy(
            () ->
                second
                    .getExecutorService("sluice.clocks")
                    .submitToMember(
                        new MemberClocks.WhatTimeIsIt(), first.getCluster().getLocalMember())
                    .get())
        .hasRootCauseMessage("broken");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 300}) // a call for each, one for all
  @Timeout(30) // nothing interrupts it
  void aMinorityRefusesReadsOfManyKeys(int keys) throws IOException {
    List<String> members = members(4);
    HazelcastInstance first = Hazelcast.newHazelcastInstance(config(members, 0));
    Hazelcast.newHazelcastInstance(config(members, 1));

    assertThatThrownBy(() -> items(first).getAll(keysOfBoth(keys)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasRootCauseInstanceOf(SplitBrainProtectionException.class);
  }

  @Test
  @Timeout(30)
  void aFailureThatCantBeReadEndsARead() throws IOException {
    List<String> members = members(4);
    Config config = config(members, 0);
    config
        .getSerializationConfig()
        .getJavaSerializationFilterConfig()
        .getBlacklist()
        .addClasses(SplitBrainProtectionException.class.getName());
    HazelcastInstance first = Hazelcast.newHazelcastInstance(config);
    Hazelcast.newHazelcastInstance(config(members, 1));

    assertThatThrownBy(() -> items(first).getAll(keysOfBoth(50)))
        .isInstanceOf(BackendUnavailableException.class);
  }

  private static ByteMap items(HazelcastInstance member) {
    return new HazelcastByteMap(new HazelcastMember(member, StoreTime.STORE), StoreTable.ITEMS);
  }

  private static Set<String> keysOfBoth(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key-" + i).collect(toSet());
  }

  @Test
  void failuresInPartsOfAnAnswerAreRead() {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
    Member itself = member.getCluster().getLocalMember();
    SerializationService bytes = ((HazelcastInstanceProxy) member).getSerializationService();
    for (Throwable failure :
        List.of(
            new SplitBrainProtectionException("few"),
            new MemberLeftException(itself),
            new WrongTargetException(itself, itself, 1, 0, "operation"),
            new PartitionMigratingException(itself.getAddress(), 1, "operation", "service"),
            new IllegalMonitorStateException(),
            new NoSuchElementException())) {
      failure.addSuppressed(new IllegalStateException("before"));
      assertThat((Throwable) bytes.toObject(bytes.toData(failure)))
          .hasSameClassAs(failure)
          .hasMessage(failure.getMessage());
    }
  }

  @Test
  void aloneItsPortIsForNoClient() {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(MemberConfig.alone());
    ClientConfig client = new ClientConfig();
    client.setClusterName(member.getConfig().getClusterName());
    client
        .getNetworkConfig()
        .addAddress("127.0.0.1:" + member.getCluster().getLocalMember().getAddress().getPort());
    client
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(0);

    assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(client))
        .isInstanceOf(IllegalStateException.class);
  }

  static Config config(List<String> members, int self) {
    return config(members, self, SECRET);
  }

  private static Config config(List<String> members, int self, String secret) {
    int port = Integer.parseInt(members.get(self).replaceFirst(".*:", ""));
    return MemberConfig.inCluster(new ClusterOptions(members, port, "127.0.0.1", "test", secret))
        .setInstanceName(UUID.randomUUID().toString())
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        // a member tries again after this, and a test doesn't; a busy machine may take longer
        .setProperty("hazelcast.max.join.seconds", "60");
  }

  static List<String> members() throws IOException {
    return members(2);
  }

  static List<String> members(int count) throws IOException {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add("127.0.0.1:" + freePort());
    }
    return members;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Counts how often it was deserialized. */
  private static final class Gadget implements Callable<Integer>, Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public Integer call() {
      return READ.incrementAndGet();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      READ.incrementAndGet();
    }
  }
}
