package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The jar in a process of its own: as the emulator, or as a server on a store. */
final class JarProcess implements AutoCloseable {

  private static final Path JAR = Path.of("../../service/target/sluice.jar").toAbsolutePath();
  private static final Path CONFIG = Path.of("../../config.yml").toAbsolutePath();

  private static final String API_KEY = "rsk_live_user_0123456789abcdef";
  private static final String REGISTRATION_TOKEN = "rsk_live_registration_0123456789";

  /** Signs of life, and with them all repairs, are due each second. */
  private static final String BEATS = "-Ddw.timing.heartbeat=1s";

  private final Process process;
  private final String url;
  private final String apiKey;
  private final String registrationToken;

  private JarProcess(Process process, String url, String apiKey, String registrationToken) {
    this.process = process;
    this.url = url;
    this.apiKey = apiKey;
    this.registrationToken = registrationToken;
  }

  static JarProcess emulator() {
    Process process = start(List.of(BEATS), List.of("emulator", "--port", "0"), Map.of());
    Map<String, String> told = new ConcurrentHashMap<>();
    await(
        process,
        line -> {
          String[] parts = line.split("=", 2);
          told.put(parts[0], parts[parts.length - 1]);
          return told.containsKey("SLUICE_ADMIN_PASSWORD");
        });
    return new JarProcess(
        process,
        told.get("SLUICE_URL"),
        told.get("SLUICE_API_KEY"),
        told.get("SLUICE_REGISTRATION_TOKEN"));
  }

  /**
   * @param settings {@code key=value}
   */
  static JarProcess server(String... settings) {
    List<String> options = new ArrayList<>(List.of(BEATS));
    options.add("-Ddw.server.applicationConnectors[0].port=0");
    options.add("-Ddw.server.adminConnectors[0].port=0");
    for (String setting : settings) {
      options.add("-Ddw." + setting);
    }
    try {
      Map<String, String> environment =
          Map.of(
              "SLUICE_API_KEY", API_KEY,
              "SLUICE_REGISTRATION_TOKEN", REGISTRATION_TOKEN,
              "SLUICE_DATA_DIR", Files.createTempDirectory("sluice-clients-").toString());
      Process process = start(options, List.of("server", CONFIG.toString()), environment);
      CompletableFuture<String> url = new CompletableFuture<>();
      await(
          process,
          line -> {
            if (line.contains("FirstScreen: API: ")) {
              url.complete(line.replaceFirst(".*API: (http://[^ ]+) .*", "$1"));
            }
            return line.contains("FirstScreen: Next: ");
          });
      return new JarProcess(process, url.join(), API_KEY, REGISTRATION_TOKEN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(
      List<String> options, List<String> arguments, Map<String, String> environment) {
    assertThat(JAR).as("built by the package phase").exists();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Lines {
    /** Returns true for the line that shows that it serves. */
    boolean isLast(String line);
  }

  private static void await(Process process, Lines lines) {
    CompletableFuture<String> serves = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              StringBuilder all = new StringBuilder();
              try (BufferedReader output = process.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                  all.append(line).append('\n');
                  if (!serves.isDone() && lines.isLast(line)) {
                    serves.complete(line);
                  }
                }
              } catch (IOException e) {
                all.append(e);
              }
              serves.completeExceptionally(new AssertionError("It did not start:\n" + all));
            });
    reader.setDaemon(true);
    reader.start();
    serves.join();
  }

  String url() {
    return url;
  }

  String apiKey() {
    return apiKey;
  }

  String registrationToken() {
    return registrationToken;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
