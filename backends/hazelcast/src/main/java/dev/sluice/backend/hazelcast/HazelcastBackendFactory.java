package dev.sluice.backend.hazelcast;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueBackendFactory;
import org.jspecify.annotations.Nullable;

/**
 * An embedded Hazelcast member, in {@code config.yml}:
 *
 * <pre>{@code
 * backend:
 *   type: hazelcast
 *   hazelcast: {}
 * }</pre>
 *
 * <p>One member that keeps all in memory: what it holds ends with the process. Durability on disk
 * and clusters are not served yet, and whoever asks for them is told so at start.
 */
@JsonTypeName("hazelcast")
@JsonIgnoreProperties(ignoreUnknown = true) // the blocks of other types
public final class HazelcastBackendFactory implements QueueBackendFactory {

  private Options hazelcast = new Options(null, null);

  /**
   * The block {@code hazelcast}.
   *
   * @param cluster how to find other members; absent or null for one alone
   * @param durable whether to keep all on disk; absent or null leaves it to Sluice
   */
  public record Options(@Nullable JsonNode cluster, @Nullable Boolean durable) {}

  /** The block of this type. */
  @JsonProperty
  public Options getHazelcast() {
    return hazelcast;
  }

  /** Sets the block of this type; an empty one is the same as none. */
  @JsonProperty
  public void setHazelcast(@Nullable Options hazelcast) {
    this.hazelcast = hazelcast == null ? new Options(null, null) : hazelcast;
  }

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    JsonNode cluster = hazelcast.cluster();
    if (cluster != null && !cluster.isNull()) {
      throw new IllegalArgumentException(
          "backend.hazelcast.cluster isn't served yet: remove it to run one member alone");
    }
    if (Boolean.TRUE.equals(hazelcast.durable())) {
      throw new IllegalArgumentException(
          "backend.hazelcast.durable: true isn't served yet: remove it to keep all in memory");
    }
    return HazelcastBackend.start(MemberConfig.alone(), environment);
  }

  @Override
  public String description() {
    return "Hazelcast, one embedded member, in memory: nothing survives the end of the process";
  }
}
