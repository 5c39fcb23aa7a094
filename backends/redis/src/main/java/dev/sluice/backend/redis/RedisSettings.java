package dev.sluice.backend.redis;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.redis.connection.ClusterNodes;
import dev.sluice.backend.redis.connection.ConnectionSettings;
import dev.sluice.backend.redis.connection.Connections;
import dev.sluice.backend.redis.connection.OneServer;
import dev.sluice.backend.redis.connection.RedisAddress;
import dev.sluice.backend.redis.connection.SentinelMaster;
import dev.sluice.backend.redis.connection.SentinelSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code backend.redis} of {@code config.yml}: docs/redis.md, "Settings". */
public final class RedisSettings {

  @JsonProperty private String uri = RedisAddress.DEFAULT_URI;
  @JsonProperty private int poolSize = 64;
  @JsonProperty private int timeoutMs = 1_000;
  @JsonProperty private @Nullable SentinelSettings sentinel;
  @JsonProperty private @Nullable List<String> cluster;

  /**
   * @throws IllegalArgumentException if the URI is invalid; doesn't repeat it, since it may hold a
   *     password
   */
  RedisAddress address() {
    return RedisAddress.parse(uri.isBlank() ? RedisAddress.DEFAULT_URI : uri);
  }

  int poolSize() {
    return poolSize;
  }

  int timeoutMs() {
    return timeoutMs;
  }

  /** Names the key of an invalid setting. */
  void check() {
    requireWithin("poolSize", poolSize, 1, 1024);
    requireWithin("timeoutMs", timeoutMs, 50, 10_000);
    RedisAddress address = address();
    if (sentinel != null && cluster != null) {
      throw new IllegalArgumentException(
          "backend.redis.sentinel and backend.redis.cluster exclude each other: remove one");
    }
    if (sentinel != null) {
      sentinel.check();
    }
    if (cluster != null) {
      RedisAddress.nodes("backend.redis.cluster", cluster);
      if (address.database() != 0) {
        throw new IllegalArgumentException(
            "backend.redis.uri must end with database 0: a cluster has no other");
      }
    }
  }

  Connections connections() {
    ConnectionSettings settings = new ConnectionSettings(poolSize, timeoutMs);
    if (sentinel != null) {
      return new SentinelMaster(sentinel, address(), settings);
    }
    if (cluster != null) {
      return new ClusterNodes(
          RedisAddress.nodes("backend.redis.cluster", cluster), address(), settings);
    }
    return new OneServer(address(), settings);
  }

  /** Names the servers without credentials. */
  String where() {
    return sentinel != null
        ? sentinel.toString()
        : cluster != null ? "cluster " + cluster : address().toString();
  }

  private static void requireWithin(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "backend.redis.%s must be from %d to %d, not %d".formatted(key, least, most, value));
    }
  }
}
