package dev.sluice.client;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An agent of the suite: a program that carries out verbs by the library of its language. */
final class AgentProcess {

  private static final int LONGEST_SECONDS = 60;

  private final Process process;
  private final File errors;
  private final BufferedWriter in;
  private final BufferedReader out;

  private AgentProcess(Process process, File errors) {
    this.process = process;
    this.errors = errors;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static AgentProcess start(List<String> command, JarProcess server) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(server.url(), server.apiKey(), server.registrationToken()));
    try {
      File errors = Files.createTempFile("sluice-agent-", ".log").toFile();
      errors.deleteOnExit();
      return new AgentProcess(new ProcessBuilder(all).redirectError(errors).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable Object ask(Map<String, Object> verb) throws Exception {
    try {
      in.write(Json.write(verb));
      in.newLine();
      in.flush();
      String line =
          CompletableFuture.supplyAsync(this::line, task -> new Thread(task).start())
              .get(LONGEST_SECONDS, TimeUnit.SECONDS);
      return Json.read(line);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError("The agent gave no answer: " + e, e);
    }
  }

  private String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("The agent has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String errors() throws IOException {
    return Files.readString(errors.toPath());
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Sends SIGTERM, keeps its standard input open, and waits for the end. */
  void terminate() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The agent goes on after SIGTERM");
    }
  }
}
