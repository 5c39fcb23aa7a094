package dev.sluice.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class SessionFollower {

  private static final int WAIT_SECONDS = 20;

  /** For a server that does not wait. */
  private static final long EARLIEST_MS = 1_000;

  private static final Set<String> OVER = Set.of("ended", "dead");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ApiClient client;
  private final ApiCommand command;
  private final Pause pause;

  interface Pause {
    void ms(long ms) throws InterruptedException;
  }

  SessionFollower(ApiClient client, ApiCommand command, Pause pause) {
    this.client = client;
    this.command = command;
    this.pause = pause;
  }

  /** Returns the exit code: 0 if all were completed. {@code json} prints the server's answers. */
  int follow(List<String> ids, boolean json) throws IOException, InterruptedException {
    int code = ApiCommand.DONE;
    for (String id : ids) {
      WireAnswer end = end(id);
      if (!end.ok()) {
        return command.refused("session " + id, end);
      }
      JsonNode work = MAPPER.readTree(end.body());
      String state = work.path("state").asText();
      command.out().println(json ? end.text() : id + "\t" + state + "\t" + work.path("result"));
      if (!state.equals("completed")) {
        code = ApiCommand.REFUSED;
      }
    }
    return code;
  }

  private WireAnswer end(String id) throws IOException, InterruptedException {
    String path = "/api/work/" + ApiClient.encoded(id) + "?wait=" + WAIT_SECONDS;
    while (true) {
      long asked = System.nanoTime();
      WireAnswer answer = client.call("GET", path, "", Map.of());
      if (!answer.ok() || OVER.contains(MAPPER.readTree(answer.body()).path("place").asText())) {
        return answer;
      }
      long tookMs = (System.nanoTime() - asked) / 1_000_000;
      if (tookMs < EARLIEST_MS) {
        pause.ms(EARLIEST_MS - tookMs);
      }
    }
  }
}
