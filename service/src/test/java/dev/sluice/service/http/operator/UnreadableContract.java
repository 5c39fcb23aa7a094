package dev.sluice.service.http.operator;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.work.NewWork;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class UnreadableContract {

  private final String project = "unreadable-" + System.nanoTime();
  private long queuedAt = 1_767_225_600_000L;

  /** The running service, a {@link ForwardApplication}. */
  protected abstract SluiceServer server();

  @Test
  void itIsNeverHandedOutWithOthers() {
    for (String dialect : List.of("daemonProjects", "max_agents", "other")) {
      List<String> names = List.of("first" + dialect, "bad" + dialect, "last" + dialect);
      store(names.get(0), "\"title\":\"x\"");
      store(names.get(1), "\"title\":5");
      store(names.get(2), "\"title\":\"y\"");
      TestWorker worker =
          server()
              .register(
                  "{\"hostname\":\"h\",\"capacity\":5,\"projects\":[\""
                      + project
                      + "\"],\""
                      + dialect
                      + "\":"
                      + (dialect.equals("max_agents") ? "5" : "[]")
                      + "}");
      for (String name : names) {
        JsonNode poll = StrictJson.read(worker.poll());
        assertThat(poll.at("/claimedSessionIds")).hasSize(1);
        assertThat(poll.at("/claimedSessionIds/0").asText()).isEqualTo(project + name);
        assertThat(poll.at("/work")).hasSize(1);
        assertThat(poll.at("/claims")).hasSize(1);
        if (dialect.equals("max_agents")) {
          assertThat(poll.at("/work_items")).hasSize(1);
        }
      }
      for (String name : names) {
        assertThat(worker.report(project + name, "completed").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void itIsMarked() {
    store("bad", "\"mcpServers\":[{},{\"env\":{\"A\":5}}]");
    store("good", "\"mcpServers\":[{},{\"env\":{\"A\":\"5\"}}]");
    assertThat(work("bad").at("/unreadable").asText())
        .isEqualTo("mcpServers[1].env must hold strings only");
    assertThat(work("good").has("unreadable")).isFalse();
  }

  private JsonNode work(String name) {
    return StrictJson.read(server().get("/api/work/" + project + name, API_KEY));
  }

  /** Below the API. */
  private void store(String name, String members) {
    String id = project + name;
    long queued = queuedAt++;
    String item =
        "{\"sessionId\":\"%s\",\"issueId\":\"%1$s\",\"issueIdentifier\":\"%1$s\",\"priority\":3,\"queuedAt\":%d,%s}"
            .formatted(id, queued, members);
    ((ForwardApplication.Observed) server().configuration())
        .built()
        .work()
        .enqueue(
            "default",
            List.of(
                new NewWork(
                    id, id, id, project, List.of(), 3, queued, 0, 0, "hash" + queued, item)));
  }
}
