package dev.sluice.backend.hazelcast;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.instance.ProtocolType;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import dev.sluice.backend.engine.wire.WireFormat;
import java.util.List;
import java.util.UUID;

final class MemberConfig {

  static final String ORGS = "sluice.orgs";
  static final String ITEMS = "sluice.items";
  static final String TEXTS = "sluice.texts";
  static final String ACTIVITIES = "sluice.activities";
  static final String NAMES = "sluice.names";
  static final String JOBS = "sluice.jobs";
  static final String RECORDS = "sluice.records";
  static final String HINTS = "sluice.hints";
  static final String KEYS = "sluice.keys";
  static final String REGISTRY = "sluice.registry";
  static final String ENDED = "sluice.ended";

  private static final List<String> ALL_MAPS =
      List.of(ORGS, ITEMS, NAMES, TEXTS, ACTIVITIES, JOBS, RECORDS, KEYS, REGISTRY, ENDED);

  /** Keeps members of releases without epochs out, which would join by themselves. */
  private static final String EPOCHS = "-epochs";

  private static final String NEVER = "100000000";

  /** Hazelcast's limit. */
  private static final int MOST_BACKUPS = 6;

  private static final String MAJORITY = "majority";

  private MemberConfig() {}

  static String mapOf(StoreTable table) {
    return switch (table) {
      case STATES -> ORGS;
      case ITEMS -> ITEMS;
      case TEXTS -> TEXTS;
      case ACTIVITIES -> ACTIVITIES;
      case NAMES -> NAMES;
      case JOBS -> JOBS;
      case RECORDS -> RECORDS;
      case KEYS -> KEYS;
      case REGISTRY -> REGISTRY;
      case ENDED -> ENDED;
    };
  }

  /** Listens on loopback, on any free port; the random cluster name keeps others from joining. */
  static Config alone() {
    return alone(Layouts.OF_THIS_BUILD);
  }

  static Config alone(Layouts layouts) {
    Config config = new Config();
    String name = "sluice-" + UUID.randomUUID();
    config.setClusterName(name).setInstanceName(name);
    listen(config, "127.0.0.1", 0); // joins nobody
    config
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        // no connections to serve, no listeners to call
        .setProperty("hazelcast.io.thread.count", "1")
        .setProperty("hazelcast.event.thread.count", "1");
    addCommon(config, MemberLayout.format(layouts));
    addMaps(config, 0);
    return config;
  }

  /** Each change is on all members before it is answered. */
  static Config inCluster(ClusterOptions cluster) {
    return inCluster(cluster, MemberLayout.format(Layouts.OF_THIS_BUILD));
  }

  static Config inCluster(ClusterOptions cluster, WireFormat wire) {
    Config config = new Config();
    ClusterOptions.Member self = cluster.self();
    config
        .setClusterName(cluster.clusterName() + EPOCHS)
        .setInstanceName("sluice-" + UUID.randomUUID());
    TcpIpConfig others = listen(config, self.host(), self.port());
    cluster.all().forEach(member -> others.addMember(member.toString()));
    config
        // a silent member counts as dead after this, which is longer than a lease
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
        // epochs decide which part goes on, so parts never merge by themselves
        .setProperty("hazelcast.merge.first.run.delay.seconds", NEVER)
        .setProperty("hazelcast.merge.next.run.delay.seconds", NEVER)
        // the member to join is known
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.max.join.seconds", "10")
        // operations that wait for a dead member are retried or fail in the end
        .setProperty("hazelcast.operation.call.timeout.millis", "10000")
        // a copy that a cut link has lost is made again; one that goes on is not given up
        .setProperty("hazelcast.partition.migration.timeout", "5")
        .setProperty("hazelcast.operation.backup.timeout.millis", "2000")
        .setProperty("hazelcast.graceful.shutdown.max.wait", "8");
    addCommon(config, wire);
    addMaps(config, Math.min(MOST_BACKUPS, cluster.members().size() - 1));
    if (cluster.quorum() > 1) {
      config.addSplitBrainProtectionConfig(
          new SplitBrainProtectionConfig(MAJORITY, true, cluster.quorum())
              .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
      for (String map : ALL_MAPS) {
        config.getMapConfig(map).setSplitBrainProtectionName(MAJORITY);
      }
    }
    return config;
  }

  /**
   * Listens for members only: clients and other protocols get no port. Returns the members to join.
   */
  static TcpIpConfig listen(Config config, String host, int port) {
    AdvancedNetworkConfig network = config.getAdvancedNetworkConfig().setEnabled(true);
    ServerSocketEndpointConfig members =
        new ServerSocketEndpointConfig()
            .setProtocolType(ProtocolType.MEMBER)
            .setPort(port)
            .setPortAutoIncrement(false)
            .setReuseAddress(true);
    members.getInterfaces().setEnabled(true).addInterface(host);
    network.setMemberEndpointConfig(members);
    config.setProperty("hazelcast.socket.bind.any", "false");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    return network.getJoin().getTcpIpConfig().setEnabled(true);
  }

  static void addCommon(Config config, WireFormat wire) {
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        // Dropwizard shuts the member down in order
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        // a lost backup must not be reported as success
        .setProperty("hazelcast.operation.fail.on.indeterminate.state", "true")
        .setProperty("hazelcast.health.monitoring.level", "OFF");
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    MemberLayout.configure(config, wire);
    config.getSerializationConfig().setJavaSerializationFilterConfig(onlyFailures());
  }

  /**
   * Loads only failures, which members send by Java serialization, and {@code java.lang}; all else
   * has serializers. A call for many keys never ends if it can't read another member's failure.
   */
  private static JavaSerializationFilterConfig onlyFailures() {
    JavaSerializationFilterConfig filter =
        new JavaSerializationFilterConfig().setDefaultsDisabled(true);
    filter
        .getWhitelist()
        .addPackages(
            "java.lang",
            "com.hazelcast.core",
            "com.hazelcast.spi.exception",
            "com.hazelcast.splitbrainprotection",
            "com.hazelcast.partition",
            "com.hazelcast.nio.serialization",
            "com.hazelcast.internal.partition")
        .addClasses(
            "com.hazelcast.transaction.TransactionException", // of SplitBrainProtectionException
            "com.hazelcast.version.MemberVersion", // in MemberLeftException
            "[Ljava.lang.StackTraceElement;",
            "[Ljava.lang.Throwable;",
            "java.util.Collections$EmptyList",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.ArrayList",
            "java.util.ConcurrentModificationException",
            "java.util.NoSuchElementException",
            "java.util.concurrent.CancellationException",
            "java.util.concurrent.CompletionException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.RejectedExecutionException",
            "java.util.concurrent.TimeoutException",
            "java.io.IOException",
            "java.io.EOFException",
            "java.io.UncheckedIOException",
            "dev.sluice.backend.engine.wire.UnreadableBytesException");
    return filter;
  }

  /**
   * @param backups made before a call is answered
   */
  static void addMaps(Config config, int backups) {
    // values of this map change in place: only an OrgProcessor may read them
    config.addMapConfig(map(ORGS, backups).setInMemoryFormat(InMemoryFormat.OBJECT));
    config.addMapConfig(map(ITEMS, backups));
    config.addMapConfig(map(TEXTS, backups));
    config.addMapConfig(map(ACTIVITIES, backups));
    config.addMapConfig(map(NAMES, backups));
    config.addMapConfig(map(JOBS, backups));
    config.addMapConfig(map(RECORDS, backups));
    config.addMapConfig(map(KEYS, backups));
    config.addMapConfig(map(REGISTRY, backups));
    config.addMapConfig(map(ENDED, backups));
  }

  private static MapConfig map(String name, int backups) {
    return new MapConfig(name)
        .setBackupCount(backups)
        .setInMemoryFormat(InMemoryFormat.BINARY)
        // costs each operation something and nothing reads it
        .setStatisticsEnabled(false)
        .setPerEntryStatsEnabled(false);
  }
}
