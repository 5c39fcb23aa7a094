package dev.sluice.backend.hazelcast;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.FilesCheck;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueBackendFactory;
import dev.sluice.backend.embedded.journal.JournalBackend;
import org.jspecify.annotations.Nullable;

/**
 * A durable process, or an embedded Hazelcast member: {@code docs/hazelcast.md}.
 *
 * <p>Hazelcast is for several processes. One that is durable needs no member: its journal excludes
 * others.
 */
@JsonTypeName("hazelcast")
@JsonIgnoreProperties(ignoreUnknown = true) // the blocks of other types
public final class HazelcastBackendFactory implements QueueBackendFactory {

  private static final Options DEFAULTS = new Options(null, null);

  private Options hazelcast = DEFAULTS;

  /**
   * @param cluster absent for one process
   * @param durable true to keep a journal, the default without a cluster; refused in a cluster
   */
  public record Options(@Nullable ClusterOptions cluster, @Nullable Boolean durable) {}

  @JsonProperty
  public Options getHazelcast() {
    return hazelcast;
  }

  @JsonProperty
  public void setHazelcast(@Nullable Options hazelcast) {
    this.hazelcast = hazelcast == null ? DEFAULTS : hazelcast;
  }

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    ClusterOptions cluster = hazelcast.cluster();
    if (cluster == null) {
      return durable()
          ? JournalBackend.open(environment)
          : HazelcastBackend.start(MemberConfig.alone(), environment);
    }
    if (Boolean.TRUE.equals(hazelcast.durable())) {
      throw new IllegalArgumentException(
          "backend.hazelcast.durable: true excludes backend.hazelcast.cluster: after a restart"
              + " members would bring back what others have finished since; a cluster keeps a copy"
              + " of all on each member instead");
    }
    return HazelcastBackend.startInCluster(cluster, environment);
  }

  @Override
  public void prepare() throws Exception {
    if (hazelcast.cluster() == null && durable()) {
      JournalBackend.prepare();
    }
  }

  @Override
  public FilesCheck checkFiles(BackendEnvironment environment, boolean acceptLoss) {
    return hazelcast.cluster() == null && durable()
        ? JournalBackend.check(environment, acceptLoss)
        : QueueBackendFactory.super.checkFiles(environment, acceptLoss);
  }

  private boolean durable() {
    return hazelcast.durable() == null || hazelcast.durable();
  }

  @Override
  public int nodes() {
    ClusterOptions cluster = hazelcast.cluster();
    return cluster == null ? 1 : cluster.members().size();
  }

  @Override
  public String description() {
    ClusterOptions cluster = hazelcast.cluster();
    if (cluster != null) {
      return "Hazelcast, embedded, in a cluster of "
          + cluster.members().size()
          + ": what is acknowledged is in the memory of all that are in force";
    }
    return durable()
        ? "embedded, one process with a journal: what is acknowledged is on disk"
        : "Hazelcast, one embedded member, in memory: nothing survives the end of the process";
  }
}
