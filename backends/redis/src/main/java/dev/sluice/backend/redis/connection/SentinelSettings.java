package dev.sluice.backend.redis.connection;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The block {@code backend.redis.sentinel}.
 *
 * @param master its name at the sentinels
 * @param nodes {@code host:port} each
 * @param user ACL user of the sentinels
 */
public record SentinelSettings(
    @JsonProperty(required = true) String master,
    @JsonProperty(required = true) List<String> nodes,
    @Nullable String user,
    @Nullable String password) {

  public SentinelSettings {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  public List<HostAndPort> addresses() {
    return RedisAddress.nodes("backend.redis.sentinel.nodes", nodes);
  }

  /** Names the key of an invalid setting. */
  public void check() {
    if (master == null || master.isBlank()) {
      throw new IllegalArgumentException(
          "backend.redis.sentinel.master must name the master that the sentinels watch");
    }
    addresses();
  }

  @Override
  public String toString() {
    return "master " + master + " of sentinels " + nodes;
  }
}
