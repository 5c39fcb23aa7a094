package dev.sluice.backend.hazelcast;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Members of Hazelcast, one in each process: {@code docs/hazelcast.md}. */
@JsonTypeName("hazelcast")
@JsonIgnoreProperties(ignoreUnknown = true) // the blocks of other types
public final class HazelcastBackendFactory implements QueueBackendFactory {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastBackendFactory.class);

  private static final Options NONE = new Options(null, null);

  private Options hazelcast = NONE;
  private Map<String, Object> embedded = Map.of();

  /**
   * @param durable a setting of release 0.1.0, when the embedded store had this type; refused if
   *     true
   */
  public record Options(@Nullable ClusterOptions cluster, @Nullable Boolean durable) {}

  @JsonProperty
  public void setHazelcast(@Nullable Options hazelcast) {
    this.hazelcast = hazelcast == null ? NONE : hazelcast;
  }

  @JsonProperty
  public void setEmbedded(@Nullable Map<String, Object> embedded) {
    this.embedded = embedded == null ? Map.of() : embedded;
  }

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    refuseOtherSettings();
    ClusterOptions cluster = hazelcast.cluster();
    if (cluster == null) {
      throw new IllegalArgumentException(
          "backend.hazelcast.cluster is missing: name its members, or write backend.type: embedded"
              + " for one process with a journal");
    }
    if (hazelcast.durable() != null) {
      LOG.warn(
          "backend.hazelcast.durable is no longer a setting, and the next release refuses it:"
              + " remove it");
    }
    return cluster.alone()
        ? HazelcastBackend.start(MemberConfig.alone(), environment)
        : HazelcastBackend.startInCluster(cluster, environment);
  }

  private void refuseOtherSettings() {
    if (Boolean.TRUE.equals(hazelcast.durable())) {
      throw new IllegalArgumentException(
          "backend.hazelcast.durable: true excludes backend.hazelcast.cluster: after a restart"
              + " members would bring back what others have finished since; a cluster keeps a copy"
              + " of all on each member instead. Remove durable, or write backend.type: embedded"
              + " for one process with a journal");
    }
    if (!embedded.isEmpty()) {
      throw new IllegalArgumentException(
          "backend.embedded."
              + embedded.keySet().iterator().next()
              + " is set, but backend.type: hazelcast keeps its work in the memory of the members:"
              + " remove backend.embedded, or write backend.type: embedded");
    }
  }

  @Override
  public int nodes() {
    ClusterOptions cluster = hazelcast.cluster();
    return cluster == null ? 0 : cluster.members().size();
  }

  @Override
  public String description() {
    int members = nodes();
    return members == 1
        ? "Hazelcast, one member, in memory: nothing survives the end of the process"
        : "Hazelcast, in a cluster of "
            + members
            + ": what is acknowledged is in the memory of all that are in force";
  }
}
