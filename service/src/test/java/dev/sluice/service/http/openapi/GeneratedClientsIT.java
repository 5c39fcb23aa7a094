package dev.sluice.service.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.tck.Programs;
import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that openapi-generator makes of a running server's {@code openapi.json} compile as they
 * come, and run the README's first worker against the server.
 */
@Timeout(600)
class GeneratedClientsIT {

  private static final Path GENERATOR = Path.of("target/generator/openapi-generator-cli.jar");

  @TempDir private static Path directory;

  private static SluiceServer server;

  @BeforeAll
  static void generate() throws Exception {
    server = SluiceServer.start("embedded");
    for (String document : List.of("openapi.json", "asyncapi.json")) {
      Files.writeString(directory.resolve(document), server.get("/" + document, null).body());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", GENERATOR.toAbsolutePath().toString(), "batch"));
    command.add(generator("python", "python", Map.of("packageName", "sluice_client")));
    command.add(generator("typescript-fetch", "typescript/client", Map.of()));
    command.add(generator("go", "go", Map.of("packageName", "sluice")));
    run(directory, Map.of(), command);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void thePythonClientRuns() throws Exception {
    String python = python();
    Path client = directory.resolve("python");
    run(client, Map.of(), List.of(python, "-m", "compileall", "-q", "sluice_client"));
    run(client, Map.of(), arguments(python, copied("flow.py", client)));
  }

  @Test
  void theTypeScriptClientRuns() throws Exception {
    String node = Programs.needed("install nodejs", "node").toString();
    Path compiler = npm().resolve("typescript/bin/tsc");
    Path client = directory.resolve("typescript");
    String flow = copied("flow.ts", client);
    run(
        client,
        Map.of(),
        List.of(
            node,
            compiler.toString(),
            "--strict",
            "--skipLibCheck",
            "--target",
            "es2022",
            "--module",
            "commonjs",
            "--lib",
            "es2022,dom",
            flow));
    run(client, Map.of(), arguments(node, "flow.js"));
  }

  @Test
  void theGoClientRuns() throws Exception {
    String go = Programs.needed("install golang-go", "go").toString();
    Path client = directory.resolve("go");
    copied("flow.go", Files.createDirectories(client.resolve("flow")));
    Map<String, String> alone =
        Map.of("CGO_ENABLED", "0", "GOPROXY", "off", "GOTOOLCHAIN", "local", "GOWORK", "off");
    // Its own libraries come as source, and compile more quickly without optimisation.
    run(client, alone, List.of(go, "build", "-gcflags=all=-N -l", "-o", "flow/run", "./flow"));
    run(client, alone, arguments(client.resolve("flow/run").toString()));
  }

  @Test
  void theLinterFindsNothing() throws Exception {
    String node = Programs.needed("install nodejs", "node").toString();
    Path linter = npm().resolve("@redocly/cli/bin/cli.js");
    run(
        directory,
        Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
        List.of(
            node,
            linter.toString(),
            "lint",
            "--extends",
            "recommended",
            "--max-problems",
            "1000",
            "openapi.json",
            "asyncapi.json"));
  }

  /** Writes the settings of one client, and returns the file. */
  private static String generator(String name, String output, Map<String, String> options)
      throws IOException {
    Map<String, Object> settings =
        Map.of(
            "generatorName",
            name,
            "inputSpec",
            directory.resolve("openapi.json").toString(),
            "outputDir",
            directory.resolve(output).toString(),
            "gitHost",
            "example.org",
            "gitUserId",
            "acme",
            "gitRepoId",
            "sluice",
            "globalProperties",
            Map.of("apiTests", "false", "modelTests", "false", "apiDocs", "false"),
            "additionalProperties",
            options);
    Path file = directory.resolve(name + ".json");
    Files.writeString(file, new ObjectMapper().writeValueAsString(settings));
    return file.toString();
  }

  /** Has the libraries that generated clients import, such as Debian's own Python. */
  private static String python() throws Exception {
    List<String> imports = List.of("-c", "import pydantic, urllib3, dateutil, typing_extensions");
    for (String python : List.of("python3", "/usr/bin/python3")) {
      List<String> command = new ArrayList<>(List.of(python));
      command.addAll(imports);
      if (succeeds(command)) {
        return python;
      }
    }
    return Programs.missing(
        "No Python with pydantic, urllib3 and dateutil: install python3-pydantic, python3-urllib3"
            + " and python3-dateutil");
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** Returns the folder of npm's packages, which it installs as the lock file says. */
  private static synchronized Path npm() throws Exception {
    Path folder = directory.resolve("npm");
    Path modules = folder.resolve("node_modules");
    if (!Files.exists(modules)) {
      String npm = Programs.needed("install npm", "npm").toString();
      Files.createDirectories(folder);
      copied("package.json", folder);
      copied("package-lock.json", folder);
      List<String> install = List.of(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
      Path log = folder.resolve("log");
      if (start(folder, Map.of(), install, log).waitFor() != 0) {
        return Programs.missing("npm can't install TypeScript: " + Files.readString(log));
      }
    }
    return modules;
  }

  private static String copied(String resource, Path folder) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GeneratedClientsIT.class.getResourceAsStream("clients/" + resource))) {
      Files.copy(in, folder.resolve(resource));
    }
    return resource;
  }

  private static List<String> arguments(String... program) {
    return Stream.concat(
            Stream.of(program),
            Stream.of(server.url(), SluiceServer.API_KEY, SluiceServer.REGISTRATION_TOKEN))
        .toList();
  }

  private static void run(Path folder, Map<String, String> variables, List<String> command)
      throws Exception {
    Path log = Files.createTempFile(directory, "run", ".log");
    Process process = start(folder, variables, command, log);
    try {
      boolean ended = process.waitFor(300, TimeUnit.SECONDS);
      String text = Files.readString(log);
      assertThat(ended && process.exitValue() == 0).as("%s: %s", command, text).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Process start(
      Path folder, Map<String, String> variables, List<String> command, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(variables);
    return builder.start();
  }
}
