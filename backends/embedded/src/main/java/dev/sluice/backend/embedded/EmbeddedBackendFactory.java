package dev.sluice.backend.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sluice.backend.embedded.journal.JournalBackend;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.FilesCheck;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process with a journal in its data directory. It has no settings of its own. */
@JsonTypeName("embedded")
@JsonIgnoreProperties(ignoreUnknown = true) // the blocks of other types
public final class EmbeddedBackendFactory implements QueueBackendFactory {

  private static final String CLUSTER = "cluster";

  private Map<String, Object> embedded = Map.of();
  private Map<String, Object> hazelcast = Map.of();

  @JsonProperty
  public void setEmbedded(@Nullable Map<String, Object> embedded) {
    this.embedded = embedded == null ? Map.of() : embedded;
  }

  /** Keeps the members of a cluster from becoming a queue each. */
  @JsonProperty
  public void setHazelcast(@Nullable Map<String, Object> hazelcast) {
    this.hazelcast = hazelcast == null ? Map.of() : hazelcast;
  }

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    refuseOtherSettings();
    return JournalBackend.open(environment);
  }

  private void refuseOtherSettings() {
    if (hazelcast.get(CLUSTER) != null) {
      throw new IllegalArgumentException(
          "backend.hazelcast.cluster is set, but backend.type: embedded is the store of one"
              + " process: write backend.type: hazelcast for the cluster, or remove the cluster");
    }
    if (embedded.containsKey(CLUSTER)) {
      throw new IllegalArgumentException(
          "backend.embedded.cluster is no setting, because the embedded store is that of one"
              + " process: write backend.type: hazelcast, and the cluster as"
              + " backend.hazelcast.cluster");
    }
    if (!embedded.isEmpty()) {
      throw new IllegalArgumentException(
          "backend.embedded."
              + embedded.keySet().iterator().next()
              + " is no setting: the embedded store always keeps a journal in dataDirectory."
              + " Remove it, or write backend.type: memory for a store without a journal");
    }
  }

  @Override
  public void prepare() throws Exception {
    JournalBackend.prepare();
  }

  @Override
  public FilesCheck checkFiles(BackendEnvironment environment, boolean acceptLoss) {
    refuseOtherSettings();
    return JournalBackend.check(environment, acceptLoss);
  }

  @Override
  public int nodes() {
    return 1;
  }

  @Override
  public String description() {
    return "embedded, one process with a journal: what is acknowledged is on disk";
  }
}
