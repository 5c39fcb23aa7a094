package dev.sluice.backend.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A Redis server for tests: a process of its own on a free port of the loopback interface, with its
 * files in a folder of its own.
 *
 * <p>It can be killed and started again on the same port, and frozen and thawed. {@link #close()}
 * ends it and deletes its files.
 */
public final class RedisServerProcess implements AutoCloseable {

  private static final long START_TIMEOUT_MS = 20_000;

  private static final String MEMORY_ONLY = "save \"\"\nappendonly no\n";

  /** Nodes of a cluster talk to each other on a port that much higher. */
  private static final int CLUSTER_BUS = 10_000;

  private final Path binary;
  private final List<String> options;
  private final Path folder;
  private final int port;
  private final String configuration;
  private Process process;

  /**
   * @param configuration content of its configuration file; options win
   */
  private RedisServerProcess(Path binary, String configuration, List<String> options) {
    this.binary = binary;
    this.configuration = configuration;
    this.options = options;
    try {
      folder = Files.createTempDirectory("sluice-redis-");
      port = freePort();
      Files.writeString(folder.resolve("redis.conf"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /**
   * Starts the bundled server.
   *
   * @param options as on its command line, such as {@code "--appendonly", "yes"}; without any it
   *     keeps everything in memory
   */
  public static RedisServerProcess start(String... options) {
    return start(RedisBinary.BUNDLED, options);
  }

  public static RedisServerProcess start(RedisBinary binary, String... options) {
    return new RedisServerProcess(binary.path().orElseThrow(), MEMORY_ONLY, List.of(options));
  }

  /**
   * Starts a sentinel of the bundled kind that finds a silent master down after a second.
   *
   * @param quorum how many of its kind must agree
   */
  public static RedisServerProcess sentinel(String master, int masterPort, int quorum) {
    String configuration =
        """
        sentinel monitor %1$s 127.0.0.1 %2$d %3$d
        sentinel down-after-milliseconds %1$s 1000
        sentinel failover-timeout %1$s 5000
        """
            .formatted(master, masterPort, quorum);
    return new RedisServerProcess(
        RedisBinary.BUNDLED.path().orElseThrow(), configuration, List.of("--sentinel"));
  }

  /** Its {@code backend.redis.uri}. */
  public String uri() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  public String uri(String user, String password) {
    return "redis://" + user + ":" + password + "@127.0.0.1:" + port + "/0";
  }

  public int port() {
    return port;
  }

  public Jedis connect() {
    return new Jedis(
        new HostAndPort("127.0.0.1", port),
        DefaultJedisClientConfig.builder()
            .timeoutMillis(10_000)
            .autoNegotiateProtocol(false)
            .build());
  }

  /** Ends it at once, as {@code kill -9} does. What it had not written is lost. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public void restart() {
    start();
  }

  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      int exit =
          new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill " + signal + " answered " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                folder.resolve("redis.conf").toString(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString()));
    command.addAll(options);
    Path log = folder.resolve("redis.log");
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      waitUntilReady(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void waitUntilReady(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
    while (!answers()) {
      // Waits for the process's end, so that one which can't start is noticed at once.
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        kill();
        throw new IllegalStateException(
            binary + " did not start: " + Files.readString(log, StandardCharsets.UTF_8));
      }
    }
  }

  private boolean answers() {
    try (Jedis jedis = connect()) {
      return jedis.ping() != null;
    } catch (JedisConnectionException e) {
      return false;
    } catch (JedisDataException e) {
      // It asks for a password, or still loads its data.
      return !String.valueOf(e.getMessage()).startsWith("LOADING");
    }
  }

  /** A port that is free now, and so is the one of its bus. */
  private static int freePort() throws IOException {
    while (true) {
      try (ServerSocket socket = listening(0)) {
        int port = socket.getLocalPort();
        if (port + CLUSTER_BUS < 65_536 && isFree(port + CLUSTER_BUS)) {
          return port;
        }
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = listening(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static ServerSocket listening(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
