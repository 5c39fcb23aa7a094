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
 *   <tr><td>{@code timeoutMs}</td><td>500</td><td>how long to wait for a connection to be made, and
 *       for an answer: 50 to 10,000 ms</td></tr>
 *   <tr><td>{@code sentinel}</td><td>unset</td><td>not supported yet: refused at the start</td></tr>
 *   <tr><td>{@code cluster}</td><td>unset</td><td>not supported yet: refused at the start</td></tr>
 * </table>
 */
public final class RedisSettings {

  @JsonProperty private String uri = RedisAddress.DEFAULT_URI;
  @JsonProperty private int poolSize = 64;
  @JsonProperty private int timeoutMs = 500;
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

  int timeoutMs() {
    return timeoutMs;
  }

  /** Refuses what this backend doesn't do, naming the key. */
  void check() {
    refuse("sentinel", sentinel);
    refuse("cluster", cluster);
    requireWithin("poolSize", poolSize, 1, 1024);
    requireWithin("timeoutMs", timeoutMs, 50, 10_000);
    address();
  }

  private static void requireWithin(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "backend.redis.%s must be from %d to %d, not %d".formatted(key, least, most, value));
    }
  }

  private static void refuse(String key, @Nullable JsonNode value) {
    if (value != null && !value.isNull()) {
      throw new IllegalArgumentException(
          "backend.redis." + key + " is not supported yet; name one server with backend.redis.uri");
    }
  }
}
