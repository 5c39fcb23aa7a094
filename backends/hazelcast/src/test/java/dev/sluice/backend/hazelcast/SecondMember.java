package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.store.BackendEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A member in its own JVM, which ends with the JVM that started it. */
final class SecondMember implements AutoCloseable {

  private static final String READY = "ready";
  private static final String HEARD = "heard ";

  /** Between two questions; without it, asking takes a processor. */
  private static final long PAUSE_NANOS = 2_000_000;

  private final Process process;

  private SecondMember(Process process) {
    this.process = process;
  }

  static HazelcastInstance first() {
    return Hazelcast.newHazelcastInstance(config("sluice-test-" + UUID.randomUUID()));
  }

  /** Starts a second member, and waits until both know that partitions are balanced. */
  static SecondMember beside(HazelcastInstance first) throws IOException {
    return beside(first, 0, false);
  }

  /**
   * Starts a second member with another clock and a subscriber of hints, see {@link #awaitHint}.
   *
   * @param aheadMs difference to the clock of the machine
   */
  static SecondMember listeningBeside(HazelcastInstance first, long aheadMs) throws IOException {
    return beside(first, aheadMs, true);
  }

  private static SecondMember beside(HazelcastInstance first, long aheadMs, boolean listens)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add(SecondMember.class.getName());
    command.add(first.getConfig().getClusterName());
    command.add("127.0.0.1:" + first.getCluster().getLocalMember().getAddress().getPort());
    command.add(String.valueOf(aheadMs));
    command.add(String.valueOf(listens));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line;
    do {
      line = process.inputReader().readLine();
    } while (line != null && !line.equals(READY));
    if (line == null) {
      throw new IOException("the second member didn't start");
    }
    ClusterHealth.awaitHolders(first);
    awaitSafe(first, 2);
    return new SecondMember(process);
  }

  void awaitHint(Hint hint) throws IOException {
    String line;
    do {
      line = process.inputReader().readLine();
    } while (line != null && !line.equals(HEARD + hint));
    if (line == null) {
      throw new IOException("the second member is gone, and never heard of " + hint);
    }
  }

  /** Kills the process, like a machine failure. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Waits until a member knows that the other is gone and owns all data. */
  static void awaitAlone(HazelcastInstance member) {
    awaitSafe(member, 1);
  }

  static void awaitSafe(HazelcastInstance member, int members) {
    while (member.getCluster().getMembers().size() != members
        || !member.getPartitionService().isClusterSafe()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws IOException {
    Config config = config(args[0]);
    config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig().addMember(args[1]);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    long aheadMs = Long.parseLong(args[2]);
    MemberClocks.replace(member, () -> System.currentTimeMillis() + aheadMs);
    if (Boolean.parseBoolean(args[3])) {
      new HazelcastBackend(
              member,
              new BackendEnvironment(Rules.DEFAULTS, Path.of("unused"), StoreTime.STORE),
              false)
          .hints()
          .subscribe(hint -> say(HEARD + hint));
    }
    awaitSafe(member, 2);
    say(READY);
    while (System.in.read() >= 0) {
      // until the parent process is gone
    }
    member.getLifecycleService().terminate();
  }

  private static void say(String what) {
    synchronized (System.out) {
      System.out.println(what);
      System.out.flush();
    }
  }

  private static Config config(String clusterName) {
    Config config = new Config();
    config.setClusterName(clusterName);
    MemberConfig.listen(config, "127.0.0.1", 0);
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    // detect a killed member at once, not after a minute
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    // other tests may keep the second process from running for many seconds
    config.setProperty("hazelcast.operation.backup.timeout.millis", "60000");
    MemberConfig.addCommon(config, MemberLayout.format(Layouts.OF_THIS_BUILD));
    // test processors use Java serialization
    config
        .getSerializationConfig()
        .getJavaSerializationFilterConfig()
        .getWhitelist()
        .addPackages(Dump.class.getPackageName(), "java.util", "java.lang")
        .addPrefixes("[");
    MemberConfig.addMaps(config, 1);
    return config;
  }
}
