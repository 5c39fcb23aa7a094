package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.Programs;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workers of {@code docs/protocol.md#write-a-worker}, as they stand there. */
@Timeout(120)
class WorkerPageTest {

  /** An agent: completes, fails, or runs until it is killed. */
  private static final String AGENT =
      """
      item=$(cat)
      case $item in
        *"Wait for ever"*) exec sleep 300 ;;
        *"Fail at once"*) echo "no such test"; exit 1 ;;
        *) echo "done: \\"quoted\\"" ;;
      esac
      """;

  private static SluiceServer server;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("memory", "timing.poll=1s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theWorkerInShellRunsItsItems() throws Exception {
    Programs.needed("install jq", "jq");
    Path worker = block("#!/usr/bin/env bash\n", "sh", "worker.sh");
    runsItsItems("shell", List.of("bash", worker.toString()));
  }

  @Test
  void theWorkerInJavaRunsItsItems() throws Exception {
    Path worker = block("import ", "java", "Worker.java");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    runsItsItems(
        "java",
        List.of(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            worker.toAbsolutePath().toString()));
  }

  private void runsItsItems(String name, List<String> program) throws Exception {
    Path agent = Files.writeString(directory.resolve("agent.sh"), AGENT);
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(server.url(), REGISTRATION_TOKEN, "bash"));
    if (name.equals("shell")) {
      command.set(command.size() - 1, "bash " + agent);
    } else {
      command.add(agent.toString());
    }
    for (String prompt : List.of("Say \\\"hello\\\"", "Fail at once", "Wait for ever")) {
      String id = name + "-" + prompt.replaceAll("[^A-Z]", "");
      server.enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"" + prompt + "\"}");
    }
    Process worker =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    try {
      assertThat(reached(name + "-S", "completed").text("/result/summary"))
          .contains("done: \"quoted\"");
      assertThat(reached(name + "-F", "failed").text("/result/summary")).contains("no such test");
      reached(name + "-W", "running");
      server.post("/api/sessions/" + name + "-W/stop", API_KEY, "{}");
      String workerId = reached(name + "-W", "stopped").text("/workerId");
      Answer status = status(name + "-W");
      while (!status.text("/place").equals("ended")) { // released before its grace is over
        status = status(name + "-W");
      }

      worker.destroy();
      assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.get("/api/workers/" + workerId, API_KEY).status()).isEqualTo(404);
    } finally {
      worker.descendants().forEach(ProcessHandle::destroyForcibly);
      worker.destroyForcibly();
      System.out.println(Files.readString(directory.resolve("log")));
    }
  }

  private static Answer reached(String session, String state) {
    Answer answer = status(session);
    while (!answer.text("/state").equals(state)) {
      answer = status(session + "?wait=20&state=" + answer.text("/state"));
    }
    return answer;
  }

  private static Answer status(String session) {
    Answer answer = server.get("/api/work/" + session, API_KEY);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer;
  }

  private Path block(String start, String language, String file) throws IOException {
    String page = Files.readString(Path.of("../docs/protocol.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(" + Pattern.quote(start) + ".*?)```", Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as(file + " on the page").isTrue();
    return Files.writeString(directory.resolve(file), block.group(1));
  }
}
