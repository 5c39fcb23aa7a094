package dev.sluice.backend.redis;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sluice.backend.redis.connection.RedisCalls;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;

/**
 * {@code backend.type: redis}.
 *
 * <p>A store of another layout, without functions, or without a right for them is refused. While
 * Redis is away, calls are refused as unavailable; the first one that gets through checks the
 * layout.
 */
@JsonTypeName("redis")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class RedisBackendFactory implements QueueBackendFactory {

  @JsonProperty private RedisSettings redis = new RedisSettings();

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    redis.check();
    return RedisBackend.of(
            new RedisCalls(redis.connections(), redis.where(), redis.timeoutMs()), environment)
        .started();
  }

  @Override
  public String description() {
    return "Redis at " + redis.where() + "; what survives is what its persistence keeps";
  }

  /** For tests. */
  RedisSettings settings() {
    return redis;
  }
}
