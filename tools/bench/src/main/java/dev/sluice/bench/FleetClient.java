package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.bench.wire.Http;
import dev.sluice.bench.wire.ServerRefusedException;
import dev.sluice.bench.wire.WireAnswer;
import dev.sluice.bench.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Repeats calls while the server is away or asks for it. Thread-safe. */
final class FleetClient {

  private static final byte[] HEARTBEAT = "{\"activeCount\":0}".getBytes(StandardCharsets.US_ASCII);
  private static final long PAUSE_MS = 100;
  private static final long POLL_MS = 5_000;

  private final Http http;
  private final long retryNanos;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();

  FleetClient(URI server, Duration timeout, Duration retry) {
    this.http = new Http(server, timeout);
    this.retryNanos = retry.toNanos();
  }

  long requests() {
    return requests.get();
  }

  long repeats() {
    return repeats.get();
  }

  BenchWorker register(String credential, String hostname, int capacity, List<String> projects)
      throws IOException, InterruptedException {
    byte[] body =
        WireJson.object(
            json -> {
              json.writeStringField("hostname", hostname);
              json.writeNumberField("capacity", capacity);
              json.writeStringField("version", "bench");
              if (!projects.isEmpty()) {
                json.writeArrayFieldStart("projects");
                for (String project : projects) {
                  json.writeString(project);
                }
                json.writeEndArray();
              }
            });
    return register(credential, body);
  }

  /** A server that tells no interval means that of the protocol. */
  BenchWorker register(String credential, byte[] body) throws IOException, InterruptedException {
    WireAnswer answer = successful("POST", "/api/workers/register", credential, body);
    long pollMillis = POLL_MS;
    String id = "";
    String token = "";
    try (JsonParser json = WireJson.parser(answer.body())) {
      WireJson.expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (name.equals("workerId")) {
          id = WireJson.text(json, name);
        } else if (name.equals("runtimeToken") && value == JsonToken.VALUE_STRING) {
          token = json.getText();
        } else if (name.equals("pollInterval") && value == JsonToken.VALUE_NUMBER_INT) {
          pollMillis = json.getLongValue();
        } else {
          json.skipChildren();
        }
      }
    }
    if (id.isEmpty()) {
      throw new IOException("the answer to the registration holds no workerId");
    }
    // A server that mints no tokens expects the credential of the registration again.
    return new BenchWorker(id, token.isEmpty() ? credential : token, pollMillis);
  }

  /** Servers may lack the call, so the answer is ignored. */
  void deregister(BenchWorker worker) throws IOException, InterruptedException {
    call("DELETE", worker.path(), worker.bearer(), Http.NO_BODY);
  }

  /** Polls without a wait, which this server does only on request. */
  WireAnswer poll(BenchWorker worker) throws IOException, InterruptedException {
    return successful("GET", worker.path() + "/poll?wait=0", worker.bearer(), Http.NO_BODY);
  }

  /** As the stock clients. */
  WireAnswer plainPoll(BenchWorker worker) throws IOException, InterruptedException {
    return successful("GET", worker.path() + "/poll", worker.bearer(), Http.NO_BODY);
  }

  /** Other servers than this one answer at once. */
  WireAnswer await(BenchWorker worker) throws IOException, InterruptedException {
    String path = worker.path() + "/poll?wait=25&max=1";
    return successful("GET", path, worker.bearer(), Http.NO_BODY);
  }

  /** Any path. */
  void get(String path, BenchWorker worker) throws IOException, InterruptedException {
    successful("GET", path, worker.bearer(), Http.NO_BODY);
  }

  void heartbeat(BenchWorker worker) throws IOException, InterruptedException {
    successful("POST", worker.path() + "/heartbeat", worker.bearer(), HEARTBEAT);
  }

  WireAnswer report(BenchWorker worker, String sessionId, byte[] body)
      throws IOException, InterruptedException {
    return call(
        "POST", "/api/sessions/" + Http.encoded(sessionId) + "/status", worker.bearer(), body);
  }

  /** {@code accepted} includes the duplicates; {@code refused} holds errors. */
  record Enqueued(int accepted, int duplicates, List<String> refused) {}

  /** The only call that is not part of the published protocol. */
  Enqueued enqueue(String credential, byte[] batch) throws IOException, InterruptedException {
    WireAnswer answer = call("POST", "/api/work", credential, batch);
    if (answer.status() == 404 || answer.status() == 405) {
      throw new IOException(
          ServerRefusedException.describe("POST /api/work", answer)
              + " (this server takes work in another way: enqueue with that, then bench"
              + " --drain-only)");
    }
    if (!answer.ok()) {
      throw new ServerRefusedException("POST /api/work", answer);
    }
    int accepted = 0;
    int duplicates = 0;
    List<String> refused = new ArrayList<>();
    try (JsonParser json = WireJson.parser(answer.body())) {
      WireJson.expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (!name.equals("results") || value != JsonToken.START_ARRAY) {
          json.skipChildren();
          continue;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
          EnqueuedItem item = enqueuedItem(json);
          if (!item.error.isEmpty()) {
            refused.add(item.error);
          } else {
            accepted++;
            duplicates += item.duplicate ? 1 : 0;
          }
        }
      }
    }
    return new Enqueued(accepted, duplicates, refused);
  }

  private record EnqueuedItem(String error, boolean duplicate) {}

  private static EnqueuedItem enqueuedItem(JsonParser json) throws IOException {
    String error = "";
    boolean duplicate = false;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (name.equals("error") && value != JsonToken.VALUE_NULL) {
        error = json.getValueAsString("refused");
      } else if (name.equals("duplicate")) {
        duplicate = value == JsonToken.VALUE_TRUE;
      }
      json.skipChildren();
    }
    return new EnqueuedItem(error, duplicate);
  }

  private WireAnswer successful(String method, String path, String bearer, byte[] body)
      throws IOException, InterruptedException {
    WireAnswer answer = call(method, path, bearer, body);
    if (!answer.ok()) {
      throw new ServerRefusedException(method + " " + path, answer);
    }
    return answer;
  }

  /** All calls of the protocol are safe to repeat. */
  private WireAnswer call(String method, String path, String bearer, byte[] body)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      boolean spent = System.nanoTime() - start >= retryNanos;
      try {
        requests.incrementAndGet();
        WireAnswer answer = http.call(method, path, bearer, body);
        if (spent || (answer.status() != 503 && answer.status() != 429)) {
          return answer;
        }
      } catch (IOException e) {
        if (spent) {
          throw e;
        }
      }
      repeats.incrementAndGet();
      Thread.sleep(PAUSE_MS); // the server is away: nothing tells when it is back
    }
  }
}
