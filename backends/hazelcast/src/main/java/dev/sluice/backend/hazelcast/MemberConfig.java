package dev.sluice.backend.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.NetworkConfig;
import java.util.UUID;

/** How the member is set up. */
final class MemberConfig {

  static final String ORGS = "sluice.orgs";
  static final String ITEMS = "sluice.items";
  static final String TEXTS = "sluice.texts";
  static final String ACTIVITIES = "sluice.activities";
  static final String RECORDS = "sluice.records";
  static final String HINTS = "sluice.hints";
  static final String KEYS = "sluice.keys";
  static final String REGISTRY = "sluice.registry";

  private MemberConfig() {}

  /**
   * One member by itself. It can be reached from this machine only, on whatever port is free, and
   * nothing can join it: nobody else knows the name of its cluster.
   */
  static Config alone() {
    Config config = new Config();
    String name = "sluice-" + UUID.randomUUID();
    config.setClusterName(name).setInstanceName(name);
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(0).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true); // with no members: there is nobody to find
    config
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        // There are no connections to serve, and no listeners to tell.
        .setProperty("hazelcast.io.thread.count", "1")
        .setProperty("hazelcast.event.thread.count", "1");
    addCommon(config);
    addMaps(config, 0);
    return config;
  }

  /** What holds for every member. */
  static void addCommon(Config config) {
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        // Dropwizard shuts the member down, in its own order.
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        // A lost backup must not be reported as success.
        .setProperty("hazelcast.operation.fail.on.indeterminate.state", "true")
        .setProperty("hazelcast.health.monitoring.level", "OFF");
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    OrgSerialization.register(config.getSerializationConfig());
  }

  /**
   * The maps.
   *
   * @param backups how many other members hold a copy before a call is answered
   */
  static void addMaps(Config config, int backups) {
    // The one map whose values change in place: nothing may ever read them but an OrgProcessor.
    config.addMapConfig(map(ORGS, backups).setInMemoryFormat(InMemoryFormat.OBJECT));
    config.addMapConfig(map(ITEMS, backups));
    config.addMapConfig(map(TEXTS, backups));
    config.addMapConfig(map(ACTIVITIES, backups));
    config.addMapConfig(map(RECORDS, backups));
    config.addMapConfig(map(KEYS, backups));
    config.addMapConfig(map(REGISTRY, backups));
  }

  private static MapConfig map(String name, int backups) {
    return new MapConfig(name)
        .setBackupCount(backups)
        .setInMemoryFormat(InMemoryFormat.BINARY)
        // Kept for every operation, and read by nobody.
        .setStatisticsEnabled(false)
        .setPerEntryStatsEnabled(false);
  }
}
