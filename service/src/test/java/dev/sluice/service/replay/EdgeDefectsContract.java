package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

abstract class EdgeDefectsContract extends ReplayScene {

  /** A method, a path, or both, as in the table of calls. */
  private static final Pattern CALL = Pattern.compile("`([A-Z]+)?\\s?(/[^`?]+)?(?:\\?[^`]*)?`");

  @Test
  void everyCallThatIsDocumentedIsRoutedTheAcknowledgementToo() throws IOException {
    List<String> documented = documented();
    assertThat(documented)
        .contains("POST /api/sessions/{id}/inbox/ack", "GET /api/workers/{id}/poll")
        .hasSizeGreaterThan(20);
    Calls nobody = server().calls("none");
    for (String call : documented) {
      String[] parts = call.replaceAll("\\{\\w+}", "some").split(" ");
      Answer answer =
          nobody.call(parts[0], parts[1], parts[0].equals("POST") ? "{}" : null, Map.of());
      assertThat(answer.status()).as("%s: %s", call, answer.body()).isNotEqualTo(405);
      assertThat(answer.body()).as(call).doesNotContain("No such path", "is not served");
    }
    String id = enqueue("acked");
    ReplayWorker worker = worker(1);
    worker.run(id);
    send(id, "directive", "Read me");
    JsonNode acked = worker.ack(id, worker.messages(id).get(0));
    assertThat(acked.at("/acknowledged").asBoolean()).isTrue();
  }

  @Test
  void aTaskIsQueuedInTheStepThatStoresIt() {
    String task = "{\"issueId\":\"" + tag + "-mcp\",\"project\":\"" + tag + "\"}";
    Answer submitted = operator().call("POST", "/api/mcp/submit-task", task, Map.of());
    JsonNode item = worker(1).poll().at("/work/0"); // and no time has passed
    assertThat(item.at("/sessionId").asText()).isEqualTo(submitted.text("/taskId"));
    assertThat(item.at("/queuedAt").longValue())
        .isCloseTo(System.currentTimeMillis(), within(Duration.ofMinutes(10).toMillis()));
  }

  @Test
  void noLimitIsEscapedByAForwardedForHeader() {
    String id = enqueue("full");
    String message = "{\"type\":\"nudge\",\"payload\":\"p\"}";
    for (int i = 0; i < 40; i++) { // as many as these servers take
      send(id, "nudge", "p");
    }
    for (int i = 0; i < 5; i++) {
      Map<String, String> elsewhere = Map.of("X-Forwarded-For", "203.0.113." + i);
      Answer full = operator().call("POST", ReplayWorker.path(id, "inbox"), message, elsewhere);
      assertThat(full.status()).as(full.body()).isEqualTo(429);
      assertThat(full.headers().firstValue("Retry-After")).isPresent();
      Answer anonymous = server().calls("none").call("GET", "/api/public/stats", null, elsewhere);
      assertThat(anonymous.status()).isEqualTo(401);
    }
  }

  /** The calls of the table at the head of {@code docs/protocol.md}. */
  private static List<String> documented() throws IOException {
    String page = Files.readString(Path.of("../docs/protocol.md"));
    List<String> calls = new ArrayList<>();
    page.substring(0, page.indexOf("\n## "))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(line -> calls.addAll(calls(line.substring(0, line.indexOf('|', 2)))));
    return calls;
  }

  /**
   * The calls of a row: a method may precede several paths, and a short path may follow a full one.
   */
  private static List<String> calls(String cell) {
    List<String> calls = new ArrayList<>();
    List<String> methods = new ArrayList<>();
    String last = "";
    String beside = "";
    for (MatchResult token : CALL.matcher(cell).results().toList()) {
      if (token.group(1) != null) {
        methods.add(token.group(1));
      }
      if (token.group(2) != null) {
        List<String> these = methods.isEmpty() ? List.of(last) : List.copyOf(methods);
        String path = token.group(2);
        if (path.startsWith("/api/") || path.startsWith("/v1/")) {
          beside = path.substring(0, path.lastIndexOf('/'));
        } else {
          path = beside + path;
        }
        for (String method : these) {
          calls.add(method + " " + path);
        }
        last = these.get(these.size() - 1);
        methods.clear();
      }
    }
    return calls;
  }
}
