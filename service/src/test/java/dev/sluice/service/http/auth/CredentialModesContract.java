package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthTokens;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import dev.sluice.service.http.login.AccessContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Credentials by kind, beyond {@link AccessContract}. */
public abstract class CredentialModesContract {

  /**
   * Statuses for the worker's own runtime token, another worker's, its registration token, the
   * legacy key, a user key, an unknown key, and none.
   */
  private static final List<String> CALLS =
      List.of(
          "POST /api/workers/register {\"hostname\":\"h\"} 403 403 201 201 400 401 401",
          "POST /api/sessions/S/claim {\"workerId\":\"W\"} 200 403 200 404 403 401 401",
          "GET /api/public/session-activities?sessionId=P - 404 404 404 404 200 401 401",
          "GET /api/public/session-activities?sessionId=S&hash=H - 200 200 200 200 200 401 401",
          "GET /api/public/session-activities?sessionId=S&hash=P - 200 200 200 200 200 401 401");

  private static final List<String> MODES =
      List.of("own", "other", "registration", "legacy", "user", "unknown", "none");

  protected abstract SluiceServer server();

  @TestFactory
  Stream<DynamicTest> eachCallIsOpenToItsModesOnly() {
    return CALLS.stream()
        .flatMap(
            line ->
                MODES.stream()
                    .map(
                        mode ->
                            dynamicTest(
                                line.replaceAll("( \\d+)+$", " by ") + mode,
                                () -> check(line.split(" +"), mode))));
  }

  private void check(String[] call, String mode) {
    String id = "modes-" + System.nanoTime();
    String registration = "{\"hostname\":\"h\",\"projects\":[\"" + id + "\"]}";
    server()
        .enqueue("{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"projectName\":\"" + id + "\"}");
    TestWorker worker = server().register(registration);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    String bearer =
        switch (mode) {
          case "own" -> worker.token();
          case "other" -> server().register(registration).token();
          case "registration" -> REGISTRATION_TOKEN;
          case "legacy" -> LEGACY_KEY;
          case "user" -> API_KEY;
          case "unknown" -> "rsk_live_nobody_knows_this_one";
          default -> null;
        };
    String publicId = new PublicIds(null).shortForm(id);
    String path =
        call[1]
            .replace("/W", "/" + worker.id())
            .replaceAll("(?<=[/=])S", id)
            .replaceAll("(?<=[/=])P", publicId)
            .replaceAll("(?<==)H", PublicIds.accessHash(id));
    String body =
        call[2].replace("\"W\"", "\"" + worker.id() + "\"").replace("\"S\"", "\"" + id + "\"");
    Answer answer = server().call(call[0], path, bearer, body.equals("-") ? null : body, Map.of());
    assertThat(answer.status())
        .as("%s %s by %s: %s", call[0], call[1], mode, answer.body())
        .isEqualTo(Integer.parseInt(call[3 + MODES.indexOf(mode)]));
    StrictJson.read(answer);
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void anExpiredTokenSaysSoAndMayBeRefreshedForADay() {
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    String poll = "/api/workers/" + worker.id() + "/poll";
    String refresh = "/api/workers/" + worker.id() + "/refresh-token";
    String expired = mintedAgo(worker, Duration.ofHours(2));
    Answer refused = server().get(poll, expired);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("Runtime token expired");
    Answer refreshed = server().post(refresh, expired, "{}");
    assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
    assertThat(server().get(poll, refreshed.text("/runtimeToken")).status())
        .as("a refresh that succeeds is followed by a poll that does")
        .isEqualTo(200);
    assertThat(server().post(refresh, mintedAgo(worker, Duration.ofHours(26)), "{}").status())
        .isEqualTo(401);
  }

  @Test
  void aWorkerThatIsGoneIsToldSoAtItsRefreshToo() {
    TestWorker worker = server().register("{\"hostname\":\"h\"}");
    server().delete("/api/workers/" + worker.id(), worker.token());
    for (String bearer : List.of(worker.token(), REGISTRATION_TOKEN)) {
      Answer answer = server().post("/api/workers/" + worker.id() + "/refresh-token", bearer, "{}");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("Worker not found");
    }
  }

  private static String mintedAgo(TestWorker worker, Duration ago) {
    Clock then = Clock.fixed(Instant.now().minus(ago), ZoneOffset.UTC);
    MemoryBackend store =
        new MemoryBackend(Rules.DEFAULTS, () -> OptionalLong.of(System.currentTimeMillis()));
    return new RuntimeTokens(
            new SigningKeys(() -> JWT_SECRET, List.of(), () -> AuthTokens.issuer(worker.token())),
            then,
            Duration.ofHours(1),
            Duration.ofHours(24),
            new TokenEnds(store.credentials(), then))
        .mint("default", worker.id(), "default", "key_any")
        .token();
  }
}
