package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.Transport.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The calls of the emulator itself; the suite shows what clients make of its faults. */
class EmulatorIT {

  private static JarProcess emulator;
  private static Transport transport;

  @BeforeAll
  static void start() {
    emulator = JarProcess.emulator();
    transport = new Transport(emulator.url());
  }

  @AfterAll
  static void end() {
    emulator.close();
  }

  private static Answer get(String path) throws Exception {
    return transport.call("GET", path, emulator.apiKey(), Map.of(), Map.of());
  }

  private static Answer post(String path, Map<String, ?> body) throws Exception {
    return transport.call("POST", path, emulator.apiKey(), body, Map.of());
  }

  private static Answer postAsMachine(String path, Map<String, ?> body) throws Exception {
    return transport.call("POST", path, emulator.registrationToken(), body, Map.of());
  }

  private static String claimed(String id) throws Exception {
    assertThat(
            post("/api/work", Map.of("sessionId", id, "projectName", id, "prompt", "x")).status())
        .isEqualTo(201);
    Map<String, Object> worker =
        postAsMachine("/api/workers/register", Map.of("hostname", id, "projects", List.of(id)))
            .body();
    String path = "/api/workers/" + worker.get("workerId") + "/poll";
    transport.call("GET", path, emulator.registrationToken(), Map.of(), Map.of());
    assertThat(get("/api/work/" + id).body()).containsEntry("place", "claimed");
    return String.valueOf(worker.get("workerId"));
  }

  @Test
  void time_passes_as_in_a_server_that_runs() throws Exception {
    claimed("silent");
    long before = Json.number(get("/emulator/clock").body(), "now");
    assertThat(post("/emulator/clock", Map.of("advance", "PT179S")).ok()).isTrue();
    assertThat(get("/api/work/silent").body()).containsEntry("place", "claimed");
    long after = Json.number(post("/emulator/clock", Map.of("advance", "PT2S")).body(), "now");
    assertThat(after - before).isGreaterThanOrEqualTo(181_000);
    assertThat(get("/api/work/silent").body())
        .containsEntry("place", "ready")
        .containsEntry("attempts", 1L);
  }

  @Test
  void a_call_whose_answer_is_lost_has_run() throws Exception {
    post(
        "/emulator/faults",
        Map.of("fault", "lost", "method", "POST", "path", "/api/sessions/*/stop"));
    post("/api/work", Map.of("sessionId", "lost", "projectName", "lost", "prompt", "x"));
    assertThatThrownBy(() -> post("/api/sessions/lost/stop", Map.of()))
        .isInstanceOf(IOException.class);
    assertThat(get("/api/work/lost").body()).containsEntry("state", "stopped");
    assertThat(get("/emulator/faults").body()).containsEntry("faults", List.of());
  }

  @Test
  void a_fault_meets_the_calls_that_fit_and_only_as_many() throws Exception {
    post(
        "/emulator/faults",
        Map.of("fault", "unavailable", "path", "/api/queues", "count", 2, "retryAfter", 7));
    post("/emulator/faults", Map.of("fault", "revoked", "path", "/api/queues/*/pause"));
    assertThat(get("/api/keys").status()).isEqualTo(200);
    Answer refused = get("/api/queues");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retryAfterMs()).isEqualTo(7_000);
    assertThat(get("/api/queues").status()).isEqualTo(503);
    assertThat(get("/api/queues").status()).isEqualTo(200);
    Answer revoked = post("/api/queues/p/pause", Map.of("reason", "x"));
    assertThat(revoked.status()).isEqualTo(401);
    assertThat(revoked.code()).isEqualTo("invalid-credential");
  }

  @Test
  void faults_can_be_taken_back() throws Exception {
    post("/emulator/faults", Map.of("fault", "slow", "path", "/api/none", "count", 5));
    Answer left = transport.call("DELETE", "/emulator/faults", "", Map.of(), Map.of());
    assertThat(left.body()).containsEntry("faults", List.of());
  }

  @Test
  void wrong_calls_are_refused() throws Exception {
    assertThat(post("/emulator/faults", Map.of("fault", "fire")).code()).isEqualTo("invalid-field");
    assertThat(post("/emulator/clock", Map.of("advance", "soon")).status()).isEqualTo(400);
    assertThat(post("/emulator/clock", Map.of("advance", "PT-1S")).status()).isEqualTo(400);
    assertThat(get("/emulator/secrets").status()).isEqualTo(404);
  }
}
