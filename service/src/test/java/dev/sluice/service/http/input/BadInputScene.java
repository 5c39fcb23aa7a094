package dev.sluice.service.http.input;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

public final class BadInputScene {

  private final SluiceServer server;
  private final String project = "scene-" + System.nanoTime();
  private final TestWorker worker;
  private String key = "";
  private int count;

  BadInputScene(SluiceServer server) {
    this.server = server;
    this.worker =
        server.register(
            "{\"hostname\":\"h\",\"capacity\":100000,\"projects\":[\"" + project + "\"]}");
  }

  TestWorker worker() {
    return worker;
  }

  /** A user key that is bound to its project, and sees none of the other sessions. */
  String key() {
    if (key.isEmpty()) {
      key =
          server
              .post(
                  "/api/keys",
                  API_KEY,
                  "{\"name\":\"scene\",\"type\":\"user\",\"scopes\":[\"work:write\"],\"projects\":[\""
                      + project
                      + "\"]}")
              .text("/secret");
    }
    return key;
  }

  String claimed() {
    String id = project + "-" + count++;
    server.enqueue(
        "{\"sessionId\":\"" + id + "\",\"projectName\":\"" + project + "\",\"prompt\":\"p\"}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    return id;
  }

  void end(String id) {
    assertThat(server.delete("/api/work/" + encoded(id), API_KEY).status()).isEqualTo(200);
    worker.report(encoded(id), "stopped");
  }

  public static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
