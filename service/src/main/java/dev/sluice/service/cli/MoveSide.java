package dev.sluice.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.ServerRefusedException;
import dev.sluice.service.cli.wire.WireAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of a move to one of its servers. */
final class MoveSide {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CLOSURE = "/api/closure";
  private static final int TRIES = 10;

  private final ApiClient client;
  private final String url;
  private final SessionFollower.Pause pause;

  MoveSide(ApiClient client, String url, SessionFollower.Pause pause) {
    this.client = client;
    this.url = url;
    this.pause = pause;
  }

  String url() {
    return url;
  }

  /** {@code closed} is false without a closure. */
  JsonNode closure() throws IOException, InterruptedException {
    return call("GET", CLOSURE, "");
  }

  /** The answer tells since when. */
  JsonNode close(String id, String reason, int seconds) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("id", id).put("reason", reason);
    return call("PUT", CLOSURE, body.put("seconds", seconds).toString());
  }

  /** For good, with the address that has the org now. */
  void leave(String id, String reason, String target) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("id", id).put("reason", reason);
    call("PUT", CLOSURE, body.put("movedTo", target).toString());
  }

  /** Refused unless the org is empty. */
  void checkEmpty() throws IOException, InterruptedException {
    call("POST", "/api/import?dryRun=true", "");
  }

  /** Sessions that wait, run or are dead, of at most 1,000 projects. */
  long unended() throws IOException, InterruptedException {
    long all = 0;
    for (JsonNode queue : call("GET", "/api/queues?limit=1000", "").path("queues")) {
      all += queue.path("waiting").asLong();
      all += queue.path("claimed").asLong() + queue.path("dead").asLong();
    }
    return all;
  }

  /** Ends this closure alone. */
  void open(String id) throws IOException, InterruptedException {
    call("DELETE", CLOSURE + "?id=" + ApiClient.encoded(id), "");
  }

  /** Deletes the import of this closure alone: another one may be another mover's. */
  void discard(JsonNode closure) throws IOException, InterruptedException {
    String id = ApiClient.encoded(closure.path("id").asText());
    call("DELETE", "/api/import?closure=" + id, "");
  }

  void export(String closureId, ApiClient.Reader reader) throws IOException, InterruptedException {
    String path = "/api/export?closure=" + ApiClient.encoded(closureId);
    @Nullable WireAnswer refused = client.stream("GET", path, reader);
    if (refused != null) {
      throw new ServerRefusedException("GET " + url + "/api/export", refused);
    }
  }

  /** Lets the server read some records; one before 0.2.0 has no such call. */
  void rehearse() throws IOException, InterruptedException {
    client.call("POST", "/api/export/rehearsal", "", Map.of());
  }

  void take(InputStream lines, String reason) throws IOException, InterruptedException {
    String query = "&reason=" + ApiClient.encoded(reason);
    @Nullable WireAnswer refused = new ImportClient(client, query, pause).send(lines);
    if (refused != null) {
      throw new ServerRefusedException("POST " + url + "/api/import", refused);
    }
  }

  /** Each of these calls is safe to repeat. */
  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        WireAnswer answer = client.call(method, path, body, Map.of());
        if (answer.ok()) {
          return MAPPER.readTree(answer.body());
        }
        if (answer.status() < 500 || attempt == TRIES) {
          throw new ServerRefusedException(method + " " + url + path, answer);
        }
      } catch (ServerRefusedException refused) {
        throw refused;
      } catch (IOException away) {
        if (attempt == TRIES) {
          throw away;
        }
      }
      pause.ms(500L * attempt);
    }
  }
}
