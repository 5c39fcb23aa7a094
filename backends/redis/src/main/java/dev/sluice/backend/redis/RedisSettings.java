package dev.sluice.backend.redis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code backend.redis} of {@code config.yml}.
 *
 * <table>
 *   <caption>Settings</caption>
 *   <tr><th>name</th><th>default</th><th>what it is</th></tr>
 *   <tr><td>{@code uri}</td><td>{@code redis://127.0.0.1:6379/0}</td><td>{@code redis://} or
 *       {@code rediss://} (TLS), user and password where needed, host, port, database</td></tr>
 *   <tr><td>{@code poolSize}</td><td>64</td><td>most connections, 1 to 1024: as many calls run at
 *       once, and further ones wait 200 ms for one of them</td></tr>
 *   <tr><td>{@code sentinel}</td><td>unset</td><td>not supported yet: refused at the start</td></tr>
 *   <tr><td>{@code cluster}</td><td>unset</td><td>not supported yet: refused at the start</td></tr>
 * </table>
 */
public final class RedisSettings {

  @JsonProperty private String uri = RedisAddress.DEFAULT_URI;
  @JsonProperty private int poolSize = 64;
  @JsonProperty private @Nullable JsonNode sentinel;
  @JsonProperty private @Nullable JsonNode cluster;

  /**
   * Where Redis is.
   *
   * @throws IllegalArgumentException if the URI is none; the message doesn't repeat it, since it
   *     may hold a password
   */
  RedisAddress address() {
    return RedisAddress.parse(uri.isBlank() ? RedisAddress.DEFAULT_URI : uri);
  }

  int poolSize() {
    return poolSize;
  }

  /** Refuses what this backend doesn't do, naming the key. */
  void check() {
    refuse("sentinel", sentinel);
    refuse("cluster", cluster);
    if (poolSize < 1 || poolSize > 1024) {
      throw new IllegalArgumentException(
          "backend.redis.poolSize must be from 1 to 1024, not " + poolSize);
    }
    address();
  }

  private static void refuse(String key, @Nullable JsonNode value) {
    if (value != null && !value.isNull()) {
      throw new IllegalArgumentException(
          "backend.redis." + key + " is not supported yet; name one server with backend.redis.uri");
    }
  }
}
