package dev.sluice.backend.redis.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A server and its login. {@code toString} names no credential.
 *
 * @param user ACL user, or null for the default one
 * @param password null when none is needed
 */
public record RedisAddress(
    HostAndPort hostAndPort,
    int database,
    boolean tls,
    @Nullable String user,
    @Nullable String password) {

  public static final String DEFAULT_URI = "redis://127.0.0.1:6379/0";

  public static RedisAddress parse(String text) {
    return parse("backend.redis.uri", text);
  }

  /**
   * @param key name of the setting
   */
  public static RedisAddress parse(String key, String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      // The exception quotes the text, and so would its cause.
      throw new IllegalArgumentException(key + " is not a URI: " + e.getReason());
    }
    boolean tls = "rediss".equals(uri.getScheme());
    if (!tls && !"redis".equals(uri.getScheme())) {
      throw new IllegalArgumentException(key + " must begin with redis:// or rediss://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(key + " must name a host");
    }
    String path = uri.getPath();
    if (!path.matches("(/\\d{0,9})?")) {
      throw new IllegalArgumentException(
          key + " must end with the number of a database, as in " + DEFAULT_URI);
    }
    return new RedisAddress(
        new HostAndPort(uri.getHost(), uri.getPort() == -1 ? 6379 : uri.getPort()),
        path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0,
        tls,
        JedisURIHelper.getUser(uri),
        JedisURIHelper.getPassword(uri));
  }

  /**
   * @param key of {@code config.yml}
   * @param nodes {@code host:port} each
   */
  public static List<HostAndPort> nodes(String key, List<String> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(key + " must name at least one server as host:port");
    }
    return nodes.stream().map(node -> node(key, node)).toList();
  }

  private static HostAndPort node(String key, String node) {
    if (!node.matches("\\S+:\\d{1,5}")) {
      throw new IllegalArgumentException(key + " must hold host:port, not " + node);
    }
    return HostAndPort.from(node);
  }

  @Override
  public String toString() {
    return hostAndPort + "/" + database;
  }
}
