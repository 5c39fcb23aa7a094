package dev.sluice.client;

import dev.sluice.client.Transport.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of a scenario, as clients/conformance/README.md describes them. */
final class ScenarioRun implements AutoCloseable {

  private static final Duration EVENTUALLY = Duration.ofSeconds(60);

  private final JarProcess server;
  private final List<String> command;
  private final Transport transport;
  private final Map<String, String> names = new LinkedHashMap<>();
  private AgentProcess agent;

  /**
   * @param id of its own, for sessions, projects and machines
   */
  ScenarioRun(JarProcess server, List<String> command, String id) {
    this.server = server;
    this.command = command;
    this.transport = new Transport(server.url());
    this.agent = AgentProcess.start(command, server);
    names.put("$ID", id);
  }

  void run(Scenario scenario) throws Exception {
    for (Map<String, Object> step : scenario.steps()) {
      String written = Json.write(step);
      for (Map.Entry<String, String> name : names.entrySet()) {
        written = written.replace(name.getKey(), name.getValue());
      }
      try {
        step(Json.readObject(written));
      } catch (AssertionError e) {
        throw new AssertionError(written + "\n  " + e.getMessage() + "\n" + agent.errors(), e);
      }
    }
  }

  private void step(Map<String, Object> step) throws Exception {
    if (step.containsKey("agent")) {
      long began = System.nanoTime();
      Object result = agent.ask(Json.object(step, "agent"));
      long tookMs = (System.nanoTime() - began) / 1_000_000;
      if (tookMs < Json.number(step, "atLeastMs")) {
        throw new AssertionError("It took " + tookMs + " ms only");
      }
      require(step.get("expect"), result);
      keep(step, result);
    } else if (step.containsKey("call")) {
      call(step);
    } else if (step.containsKey("kill")) {
      agent.kill();
      agent = AgentProcess.start(command, server);
    } else if (step.containsKey("terminate")) {
      agent.terminate();
    } else {
      throw new AssertionError("Unknown step");
    }
  }

  private void call(Map<String, Object> step) throws IOException, InterruptedException {
    long end = System.nanoTime() + EVENTUALLY.toNanos();
    while (true) {
      Answer answer = send(step);
      String difference = difference(step.get("eventually"), answer.body(), "");
      if (difference == null) {
        long status = step.containsKey("status") ? Json.number(step, "status") : 0;
        if (status == 0 ? !answer.ok() : status != answer.status()) {
          throw new AssertionError("It was answered " + answer);
        }
        require(step.get("expect"), answer.body());
        keep(step, answer.body());
        return;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(difference + " of " + Json.write(answer.body()));
      }
      Thread.sleep(50);
    }
  }

  private void keep(Map<String, Object> step, Object result) {
    Json.object(step, "keep")
        .forEach(
            (name, member) ->
                names.put("$" + name, Json.text(Json.object(result), (String) member)));
  }

  private Answer send(Map<String, Object> step) throws IOException, InterruptedException {
    String[] call = Json.text(step, "call").split(" ", 2);
    return transport.call(call[0], call[1], server.apiKey(), Json.object(step, "body"), Map.of());
  }

  private static void require(@Nullable Object expected, @Nullable Object found) {
    String difference = difference(expected, found, "");
    if (difference != null) {
      throw new AssertionError(difference + " of " + Json.write(found));
    }
  }

  /** Returns where a value lacks what is expected: members may be more, elements may not. */
  private static @Nullable String difference(
      @Nullable Object expected, @Nullable Object found, String path) {
    if (expected instanceof Map<?, ?> members && found instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        String difference =
            difference(
                member.getValue(), object.get(member.getKey()), path + "." + member.getKey());
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
    if (expected instanceof List<?> elements
        && found instanceof List<?> list
        && elements.size() == list.size()) {
      for (int i = 0; i < elements.size(); i++) {
        String difference = difference(elements.get(i), list.get(i), path + "[" + i + "]");
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
    return expected == null || expected.equals(found)
        ? null
        : path + " is " + Json.write(found) + " instead of " + Json.write(expected);
  }

  @Override
  public void close() {
    agent.kill();
  }
}
