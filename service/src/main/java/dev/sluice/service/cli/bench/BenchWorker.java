package dev.sluice.service.cli.bench;

import dev.sluice.service.cli.wire.WireJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A registered worker, with the parts of its requests that never change, made once. Used by the
 * thread of its connection only.
 */
final class BenchWorker {

  private final String path;
  private final String bearer;
  private final byte[] running;
  private final byte[] completed;
  private final List<String> held = new ArrayList<>();

  /**
   * @param bearer what it authenticates with from now on
   */
  BenchWorker(String id, String bearer) {
    this.path = "/api/workers/" + segment(id);
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

  /** {@code /api/workers/ID} */
  String path() {
    return path;
  }

  String bearer() {
    return bearer;
  }

  /** The body of the report that a session runs. */
  byte[] running() {
    return running;
  }

  /** The body of the report that a session is completed. */
  byte[] completed() {
    return completed;
  }

  /** Sessions claimed and not ended yet, in the order of their claims. */
  List<String> held() {
    return held;
  }

  /** A text as one segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
