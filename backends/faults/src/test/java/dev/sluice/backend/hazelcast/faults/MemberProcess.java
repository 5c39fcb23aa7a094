package dev.sluice.backend.hazelcast.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link MemberMain} on a host, which ends with this process. */
final class MemberProcess {

  private final Process process;
  private final Writer input;
  private final AtomicLong calls = new AtomicLong();
  private final Map<String, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<Long> pid = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile boolean ended;

  /**
   * @param data the member's directory
   * @param clock the member's clock for faketime, such as {@code +3600s}; empty for the machine's
   * @param options of the JVM
   */
  record Setup(Path data, Path log, String clock, List<String> options, List<String> arguments) {}

  MemberProcess(NetworkHosts hosts, int host, Setup setup) {
    List<String> command = new ArrayList<>(hosts.on(host));
    if (!setup.clock.isEmpty()) {
      command.addAll(WrongClock.environment(setup.clock));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback-member.xml"));
    command.addAll(setup.options);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(MemberMain.class.getName());
    command.add(setup.data.toString());
    command.addAll(setup.arguments);
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(setup.log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    input = process.outputWriter();
    new Thread(this::listen, "answers-of-" + host).start();
  }

  /** Completes always: with {@link Answer#never} once the process has ended. */
  CompletableFuture<Answer> call(MemberMain.Op op, String... words) {
    String id = String.valueOf(calls.incrementAndGet());
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    String line = id + "\t" + op.name() + "\t" + String.join("\t", words) + "\n";
    try {
      synchronized (input) {
        input.write(line);
        input.flush();
      }
    } catch (IOException e) {
      answer.complete(Answer.never());
    }
    if (ended) {
      answer.complete(Answer.never());
    }
    return answer;
  }

  /** Completes when the process has ended and every call has its answer. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  boolean ended() {
    return ended;
  }

  /** Waits until the JVM runs, which takes a while on a busy machine. */
  void awaitUp() {
    pid.join();
  }

  void pause() {
    NetworkHosts.signal("STOP", pid.join());
  }

  void resume() {
    NetworkHosts.signal("CONT", pid.join());
  }

  void kill() {
    if (process.isAlive() && !gone.isDone()) {
      try {
        NetworkHosts.signal("KILL", pid.join());
      } catch (UncheckedIOException e) {
        // it ended just now
      }
    }
    gone.join();
  }

  private void listen() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(MemberMain.PROCESS)) {
          pid.complete(Long.valueOf(line.substring(MemberMain.PROCESS.length())));
          continue;
        }
        List<String> words = List.of(line.split("\t", -1));
        CompletableFuture<Answer> answer = waiting.remove(words.get(0));
        if (answer != null) {
          answer.complete(Answer.parse(words.subList(1, words.size())));
        }
      }
    } catch (IOException e) {
      // as at its end
    }
    ended = true;
    pid.completeExceptionally(new IllegalStateException("the process didn't start"));
    waiting.values().forEach(answer -> answer.complete(Answer.never()));
    gone.complete(null);
  }
}
