package dev.sluice.bench;

import dev.sluice.bench.wire.Http;
import dev.sluice.bench.wire.WireJson;
import java.util.ArrayList;
import java.util.List;

/** Used only by the thread of its connection. */
final class BenchWorker {

  private final String path;
  private final String bearer;
  private final long pollMillis;
  private final byte[] running;
  private final byte[] completed;
  private final List<String> held = new ArrayList<>();

  BenchWorker(String id, String bearer, long pollMillis) {
    this.pollMillis = pollMillis;
    this.path = "/api/workers/" + Http.encoded(id);
    this.bearer = bearer;
    this.running = report(id, "running");
    this.completed = report(id, "completed");
  }

  private static byte[] report(String id, String status) {
    return WireJson.object(
        json -> {
          json.writeStringField("workerId", id);
          json.writeStringField("status", status);
        });
  }

  String path() {
    return path;
  }

  String bearer() {
    return bearer;
  }

  long pollMillis() {
    return pollMillis;
  }

  byte[] running() {
    return running;
  }

  byte[] completed() {
    return completed;
  }

  /** In the order of claims. */
  List<String> held() {
    return held;
  }
}
