package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Low limits of calls a second, while time stands still. */
public abstract class RatesContract {

  private static final int ANONYMOUS = 5;
  private static final int CREDENTIAL = 20;
  private static final int REGISTRATION = 4;

  private static final Duration LONG = Duration.ofMinutes(10);

  static String[] low(String... more) {
    return Stream.concat(
            Stream.of(
                "rates.anonymous.burst=" + ANONYMOUS,
                "rates.anonymous.perSecond=1",
                "rates.credential.burst=" + CREDENTIAL,
                "rates.credential.perSecond=2",
                "rates.registration.burst=" + REGISTRATION,
                "rates.registration.perSecond=1",
                "publicFamily.idSalt=pepper",
                "publicFamily.embeds=true"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  protected abstract SluiceServer server();

  @BeforeEach
  void fillBuckets() {
    RatesApplication.pass(LONG);
  }

  @Test
  void callsWithoutAValidCredentialAreLimited() {
    for (String bearer :
        List.of(
            "rsk_live_unknown",
            "rsp_live_unknown",
            "not-the-legacy-key",
            "eyJhbGciOiJIUzI1NiJ9.e30.c2ln")) {
      limited(bearer, 401, () -> server().get("/api/me", bearer));
    }
    limited("no credential", 401, () -> server().get("/api/me", null));
    limited("no bearer", 401, () -> call("GET", "/api/me", Map.of("Authorization", "Basic eDp5")));
    limited("a cookie", 401, () -> call("GET", "/api/me", Map.of("Cookie", "sluice_session=x")));
    limited("write", 401, () -> server().post("/api/work", "rsk_live_unknown", "{}"));
  }

  @Test
  void openCallsAreLimited() {
    limited("the document", 200, () -> server().get("/openapi.json", null));
    limited("its page", 200, () -> server().get("/docs", null));
    limited("the dashboard", 303, () -> server().get("/admin", null));
    limited("logout", 204, () -> server().post("/api/logout", null, ""));
    limited("embeds", 401, () -> server().get("/api/public/session-activities?sessionId=s", null));
    limited(
        "a registration by an unknown key",
        401,
        () -> server().post("/v1/daemon/register", null, daemon("rsk_live_unknown")));
    limited("a registration by none", 400, () -> server().post("/v1/daemon/register", null, "{}"));
  }

  @Test
  void validCredentialsAndTheLoginGoOnFromTheSameAddress() {
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    limited("guesses", 401, () -> server().get("/api/me", "rsk_live_guess"));
    for (String bearer : List.of(API_KEY, REGISTRATION_TOKEN, LEGACY_KEY, worker.token())) {
      assertThat(server().get("/api/me", bearer).status()).isEqualTo(200);
    }
    assertThat(server().post("/v1/daemon/register", null, daemon(REGISTRATION_TOKEN)).status())
        .isEqualTo(200);
    assertThat(server().get("/admin/login", null).status()).isEqualTo(200);
    String wrong = "{\"name\":\"nobody\",\"password\":\"wrong-password\"}";
    assertThat(server().post("/api/login", null, wrong).status()).isEqualTo(401);
    RatesApplication.pass(Duration.ofSeconds(2));
    assertThat(server().get("/api/me", "rsk_live_guess").status()).isEqualTo(401);
    assertThat(server().get("/api/me", "rsk_live_guess").status()).isEqualTo(401);
    assertThat(server().get("/api/me", "rsk_live_guess").status()).isEqualTo(429);
  }

  @Test
  void eachCredentialHasALimitOfItsOwn() {
    TestWorker worker = server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    RatesApplication.pass(LONG);
    for (int i = 0; i < CREDENTIAL; i++) {
      assertThat(server().get("/api/me", API_KEY).status()).isEqualTo(200);
    }
    Answer refused = server().get("/api/me", API_KEY);
    tooMany(refused, "rates.credential", CREDENTIAL);
    assertThat(refused.headers().firstValue("RateLimit-Policy"))
        .contains("\"rates.credential\";q=" + CREDENTIAL + ";w=" + CREDENTIAL / 2);
    Answer problem =
        call(
            "GET",
            "/api/me",
            Map.of(
                "Authorization", "Bearer " + API_KEY, "Accept", "application/problem+json, */*"));
    assertThat(problem.text("/type"))
        .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
    assertThat(problem.text("/violated-policies/0")).isEqualTo("rates.credential");
    assertThat(worker.poll().status()).isEqualTo(200);
    RatesApplication.pass(Duration.ofMillis(500));
    assertThat(server().get("/api/me", API_KEY).status()).isEqualTo(200);
    assertThat(server().get("/api/me", API_KEY).status()).isEqualTo(429);
  }

  @Test
  void registrationsOfACredentialAreLimited() {
    String body = "{\"hostname\":\"h\",\"projects\":[\"none\"]}";
    for (int i = 0; i < REGISTRATION; i++) {
      assertThat(server().post("/api/workers/register", REGISTRATION_TOKEN, body).status())
          .isEqualTo(201);
    }
    tooMany(
        server().post("/api/workers/register", REGISTRATION_TOKEN, body),
        "rates.registration",
        REGISTRATION);
    tooMany(
        server().post("/v1/daemon/register", null, daemon(REGISTRATION_TOKEN)),
        "rates.registration",
        REGISTRATION);
    assertThat(server().post("/api/workers/register", LEGACY_KEY, body).status()).isEqualTo(201);
    RatesApplication.pass(Duration.ofSeconds(1));
    assertThat(server().post("/api/workers/register", REGISTRATION_TOKEN, body).status())
        .isEqualTo(201);
  }

  @Test
  void failuresAreCounted() {
    Map<String, String> bearers =
        Map.of(
            "unknown_key", "rsk_live_counted",
            "wrong_legacy_key", "counted",
            "invalid_token", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln");
    bearers.forEach(
        (reason, bearer) -> {
          double before = failed(reason);
          server().get("/api/me", bearer);
          assertThat(failed(reason) - before).as(reason).isEqualTo(1);
        });
    double missing = failed("missing");
    server().get("/api/me", null);
    assertThat(failed("missing") - missing).isEqualTo(1);
    double password = failed("wrong_password");
    String wrong = "{\"name\":\"counted\",\"password\":\"wrong-password\"}";
    server().post("/api/login", null, wrong);
    assertThat(failed("wrong_password") - password).isEqualTo(1);
    double hash = failed("wrong_hash");
    server().get("/api/public/session-activities?sessionId=s&hash=0", null);
    assertThat(failed("wrong_hash") - hash).isEqualTo(1);
    limited("guesses", 401, () -> server().get("/api/me", "guess"));
    assertThat(metric("sluice_rate_limited_total{limit=\"rates.anonymous\"}")).isPositive();
  }

  private void limited(String what, int status, Supplier<Answer> call) {
    RatesApplication.pass(LONG);
    for (int i = 0; i < ANONYMOUS; i++) {
      assertThat(call.get().status()).as("%s, call %d", what, i).isEqualTo(status);
    }
    tooMany(call.get(), "rates.anonymous", ANONYMOUS);
  }

  private static void tooMany(Answer answer, String setting, int burst) {
    assertThat(answer.status()).as(setting).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.text("/error")).contains(setting, burst + " at once");
    assertThat(answer.headers().firstValue("RateLimit-Policy").orElseThrow())
        .startsWith('"' + setting + "\";q=" + burst + ";w=");
    assertThat(answer.headers().firstValue("RateLimit")).contains('"' + setting + "\";r=0;t=1");
  }

  private Answer call(String method, String path, Map<String, String> headers) {
    return server().call(method, path, null, null, headers);
  }

  private double failed(String reason) {
    return metric("sluice_failed_authentications_total{reason=\"" + reason + "\"}");
  }

  private double metric(String name) {
    return server()
        .adminGet("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private static String daemon(String token) {
    return "{\"registrationToken\":\""
        + token
        + "\",\"hostname\":\"h\",\"version\":\"1\",\"maxAgents\":1,\"capabilities\":[]}";
  }
}
