package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The executable jar in its own process, which a test may kill. */
public final class SluiceProcess implements AutoCloseable {

  static final Build BUILD =
      new Build(
          Path.of("target/sluice.jar").toAbsolutePath(), Path.of("../config.yml").toAbsolutePath());

  private static final int LOWEST_PORT = 10_000;
  private static final int LOWEST_OUTGOING_PORT = 32_768; // of Linux

  private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();

  /** As delivered in long forms; the second compiler doesn't pay in a few seconds. */
  private static final List<String> OPTIONS =
      Boolean.getBoolean("sluice.long")
          ? List.of()
          : List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final int port;
  private final int adminPort;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CountDownLatch decided = new CountDownLatch(1);
  private volatile boolean serving;
  private final Thread reader;

  /**
   * A jar.
   *
   * @param config settings as delivered with it
   */
  record Build(Path jar, Path config) {}

  /**
   * A start command.
   *
   * @param shell a line of bash to run before, in the same process; blank for none
   * @param options options of the JVM
   * @param build of the program
   * @param archive whether to use the {@link ClassArchive}
   * @param program jar or class
   */
  record Launch(
      String shell, List<String> options, Build build, boolean archive, List<String> program) {

    static Launch jar() {
      return jar(BUILD);
    }

    static Launch jar(Build build) {
      boolean archive = build.equals(BUILD); // one of few starts doesn't pay
      return new Launch("", OPTIONS, build, archive, List.of("-jar", build.jar.toString()));
    }

    static Launch of(Class<?> main) {
      String path = BUILD.jar + File.pathSeparator + CLASSES;
      return new Launch("", OPTIONS, BUILD, true, List.of("-cp", path, main.getName()));
    }

    Launch withoutArchive() {
      return new Launch(shell, options, build, false, program);
    }

    Launch after(String line) {
      return new Launch(line, options, build, archive, program);
    }

    Launch with(String option) {
      List<String> more = new ArrayList<>(options);
      more.add(option);
      return new Launch(shell, more, build, archive, program);
    }

    private List<String> server(List<String> overrides, Path config) {
      return command(overrides, List.of("server", config.toString()));
    }

    List<String> command(List<String> overrides, List<String> arguments) {
      List<String> command = new ArrayList<>();
      if (!shell.isEmpty()) {
        command.addAll(List.of("bash", "-c", shell + " && exec \"$@\"", "bash"));
      }
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      if (archive) {
        command.addAll(ClassArchive.options());
      }
      command.addAll(overrides);
      command.addAll(program);
      command.addAll(arguments);
      return command;
    }
  }

  private SluiceProcess(
      Path directory,
      Path config,
      Launch launch,
      Map<String, String> environment,
      String... overrides) {
    assertThat(launch.build.jar).as("built by the package phase").exists();
    port = freePort();
    adminPort = freePort();
    List<String> settings = new ArrayList<>();
    settings.add("-Ddw.server.applicationConnectors[0].port=" + port);
    settings.add("-Ddw.server.adminConnectors[0].port=" + adminPort);
    if (Stream.of(overrides).noneMatch(override -> override.startsWith("polls.hold."))) {
      for (String dialect : List.of("standard", "snakeCase", "goDaemon")) {
        settings.add("-Ddw.polls.hold." + dialect + "=0s"); // tests poll empty queues
      }
    }
    for (String override : overrides) {
      settings.add("-Ddw." + override);
    }
    ProcessBuilder builder =
        new ProcessBuilder(launch.server(settings, config))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::read, "output of Sluice " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param directory its working directory, with the data directory {@code data}
   * @param overrides {@code key=value}, as after {@code -Ddw.}
   */
  public static SluiceProcess start(
      Path directory, Map<String, String> environment, String... overrides) {
    return start(directory, BUILD.config, environment, overrides);
  }

  public static SluiceProcess start(
      Path directory, Path config, Map<String, String> environment, String... overrides) {
    return start(directory, config, Launch.jar(), environment, overrides);
  }

  static SluiceProcess start(
      Path directory, Launch launch, Map<String, String> environment, String... overrides) {
    return start(directory, launch.build.config, launch, environment, overrides);
  }

  static SluiceProcess start(
      Path directory,
      Path config,
      Launch launch,
      Map<String, String> environment,
      String... overrides) {
    SluiceProcess sluice = new SluiceProcess(directory, config, launch, environment, overrides);
    try {
      if (!sluice.decided.await(3, TimeUnit.MINUTES) || !sluice.serving) {
        sluice.kill();
        throw new AssertionError("Sluice did not start:\n" + String.join("\n", sluice.output));
      }
      return sluice;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  public int adminPort() {
    return adminPort;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  int exitCode() throws InterruptedException {
    await(60);
    reader.join();
    return process.exitValue();
  }

  String lastLine() {
    List<String> lines = output();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** Starts a process that must fail before it serves; returns after its end. */
  static SluiceProcess refused(
      Path directory, Launch launch, Map<String, String> environment, String... overrides)
      throws InterruptedException {
    SluiceProcess sluice =
        new SluiceProcess(directory, launch.build.config, launch, environment, overrides);
    try {
      sluice.exitCode();
      return sluice;
    } finally {
      sluice.kill();
    }
  }

  List<String> output() {
    return List.copyOf(output);
  }

  public void kill() {
    process.destroyForcibly();
    await(30);
  }

  int terminate() {
    return terminate(30);
  }

  int terminate(int seconds) {
    process.destroy();
    await(seconds);
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }

  private void await(int seconds) {
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("the process ends").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.contains("FirstScreen: Next: ")) {
          serving = true;
          decided.countDown();
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    } finally {
      decided.countDown(); // nobody waits for a process that ended
    }
  }

  /** Below the ports of outgoing connections, which would take it before it is listened at. */
  public static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_OUTGOING_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        continue; // taken
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
