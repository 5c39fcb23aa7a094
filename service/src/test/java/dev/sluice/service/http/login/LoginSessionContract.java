package dev.sluice.service.http.login;

import static dev.sluice.service.http.LoginEdge.ADMIN_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.EventTab;
import dev.sluice.service.http.LoginApplication;
import dev.sluice.service.http.LoginEdge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

abstract class LoginSessionContract {

  private static final String ENDED = "Not logged in any more; log in again";

  protected abstract LoginEdge edge();

  /** Same signing secret, as after a restart. */
  protected abstract LoginEdge another(List<String> operators);

  @Test
  void nameAndPasswordOpenASession() {
    long before = LoginApplication.now().toEpochMilli();
    Answer answer = edge().tryLogin("otto", "otto's-password");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("/name")).isEqualTo("otto");
    assertThat(answer.text("/role")).isEqualTo("operator");
    assertThat(answer.text("/org")).isEqualTo("default");
    long hours12 = Duration.ofHours(12).toMillis();
    assertThat(answer.json().at("/expiresAt").longValue())
        .isBetween(before + hours12 - 1_000, LoginApplication.now().toEpochMilli() + hours12);
    assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
        .matches(
            "sluice_session=[\\w-]+\\.[\\w-]+\\.[\\w-]+; Path=/; Max-Age=43200; HttpOnly;"
                + " SameSite=Strict");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void theCookieOfAnHttpsCallIsSentByHttpsAlone() {
    Map<String, String> https =
        Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", LoginEdge.newAddress());
    Answer answer = edge().tryLogin("otto", "otto's-password", https);
    assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).endsWith("; Secure");
  }

  @Test
  void whateverIsWrongIsOneAnswer() {
    List<Answer> answers =
        List.of(
            edge().tryLogin("otto", "vera's-password"),
            edge().tryLogin("nobody", "otto's-password"),
            edge().tryLogin("Otto", "otto's-password"),
            edge().tryLogin("admin", "otto's-password"),
            edge().tryLogin("otto", " otto's-password"));
    for (Answer answer : answers) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(answers.get(0).body());
      assertThat(answer.text("/message")).isEqualTo("Wrong name or password");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    edge().login("otto", "otto's-password");
  }

  /** Separate from the table of bad input: all well-formed values but one are a 401. */
  @Test
  void aWrongBodyIsNamed() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("", "body");
    wrong.put("[]", "body");
    wrong.put("{\"name\":\"otto\"", "body");
    wrong.put("{}", "name");
    wrong.put("{\"password\":\"p\"}", "name");
    wrong.put("{\"name\":null,\"password\":\"p\"}", "name");
    wrong.put("{\"name\":\"\",\"password\":\"p\"}", "name");
    wrong.put("{\"name\":\"a\\nb\",\"password\":\"p\"}", "name");
    wrong.put("{\"name\":\"" + "n".repeat(257) + "\",\"password\":\"p\"}", "name");
    wrong.put("{\"name\":5,\"password\":\"p\"}", "name");
    wrong.put("{\"name\":[\"otto\"],\"password\":\"p\"}", "name");
    wrong.put("{\"name\":\"otto\"}", "password");
    wrong.put("{\"name\":\"otto\",\"password\":\"\"}", "password");
    wrong.put("{\"name\":\"otto\",\"password\":null}", "password");
    wrong.put("{\"name\":\"otto\",\"password\":5}", "password");
    wrong.put("{\"name\":\"otto\",\"password\":{}}", "password");
    wrong.put("{\"name\":\"otto\",\"password\":\"\\ud800\"}", "password");
    wrong.put("{\"name\":\"otto\",\"password\":\"" + "p".repeat(1025) + "\"}", "password");
    wrong.put("{\"name\":\"otto\",\"name\":\"otto\",\"password\":\"p\"}", "name");
    wrong.forEach(
        (body, field) -> {
          Answer answer = edge().server().post("/api/login", null, body);
          assertThat(BadInputAnswers.problem(answer)).as(body).isNull();
          assertThat(answer.status()).as(body).isEqualTo(400);
          assertThat(answer.text("/field")).as(body).isEqualTo(field);
        });
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    String body = "name=otto&password=p";
    assertThat(edge().server().call("POST", "/api/login", null, body, form).status())
        .as("what a form of another site can send")
        .isEqualTo(415);
  }

  @Test
  void itCountsForTwelveHours() {
    String cookie = edge().login("vera", "vera's-password");
    LoginApplication.pass(Duration.ofHours(12).minusMinutes(5));
    assertThat(edge().get("/api/me", cookie).status()).isEqualTo(200);
    LoginApplication.pass(Duration.ofMinutes(5));
    ended(edge().get("/api/me", cookie));
  }

  @Test
  void aLogoutDropsTheCookie() {
    String cookie = edge().login("vera", "vera's-password");
    for (String sent : List.of(cookie, "nonsense")) {
      Answer out = edge().post("/api/logout", sent, "");
      assertThat(out.status()).isEqualTo(204);
      assertThat(out.headers().firstValue("Set-Cookie"))
          .contains("sluice_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }
    assertThat(edge().server().post("/api/logout", null, "").status()).isEqualTo(204);
  }

  @Test
  void aLogoutEndsTheSessionAndNoOther() {
    String here = edge().login("vera", "vera's-password");
    String elsewhere = edge().login("vera", "vera's-password");
    assertThat(edge().post("/api/logout", here, "").status()).isEqualTo(204);
    ended(edge().get("/api/me", here));
    assertThat(edge().get("/api/me", elsewhere).status()).isEqualTo(200);
  }

  @Test
  void aStreamOfEventsEndsWithItsLogin() throws Exception {
    String here = edge().login("vera", "vera's-password");
    String[] headers = {"Accept", "text/event-stream", "Cookie", "sluice_session=" + here};
    try (EventTab tab = EventTab.open(edge().server(), "?after=latest&org=default", headers)) {
      assertThat(tab.status()).isEqualTo(200);
      CompletableFuture<String> end = tab.ended();
      assertThat(edge().post("/api/logout", here, "").status()).isEqualTo(204);
      AgingApplication.age(Duration.ofSeconds(6));
      end.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aLogoutEverywhereEndsAllSessionsOfTheOperator() {
    String vera = edge().login("vera", "vera's-password");
    String again = edge().login("vera", "vera's-password");
    String ada = edge().login("ada", "ada's-password");
    Answer wrong = edge().post("/api/logout?everywhere=maybe", vera, "");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text("/field")).isEqualTo("everywhere");
    assertThat(edge().post("/api/logout?everywhere=true", vera, "").status()).isEqualTo(204);
    ended(edge().get("/api/me", vera));
    ended(edge().get("/api/me", again));
    assertThat(edge().get("/api/me", ada).status()).isEqualTo(200);
    String anew = edge().login("vera", "vera's-password");
    assertThat(edge().get("/api/me", anew).status()).isEqualTo(200);
    assertThat(edge().log())
        .anyMatch(line -> line.contains("verb=\"logout\" object=\"vera\" detail=\"everywhere"));
  }

  @Test
  void whatTheConfigurationTakesAwayIsGone() {
    String vera = edge().login("vera", "vera's-password");
    String otto = edge().login("otto", "otto's-password");
    String ada = edge().login("ada", "ada's-password");
    try (LoginEdge after =
        another(
            List.of(
                "otto operator default otto's-password-2", "kim viewer default kim's-password"))) {
      ended(after.get("/api/me", vera));
      ended(after.get("/api/me", ada));
      ended(after.get("/api/me", otto));
      ended(after.post("/api/work", otto, "{\"prompt\":\"p\"}"));
      assertThat(after.get("/api/me", after.login("admin", ADMIN_PASSWORD)).text("/role"))
          .isEqualTo("admin");
      assertThat(after.tryLogin("otto", "otto's-password").status()).isEqualTo(401);
      String again = after.login("otto", "otto's-password-2");
      assertThat(after.get("/api/me", again).text("/name")).isEqualTo("otto");
      nobodyIsAskedWhereTheCallCameFrom(after);
    }
    assertThat(edge().get("/api/me", otto).status()).as("where nothing changed").isEqualTo(200);
  }

  /** Ignores the headers of an unknown proxy. */
  private static void nobodyIsAskedWhereTheCallCameFrom(LoginEdge direct) {
    Map<String, String> forged =
        Map.of(
            "X-Forwarded-Proto", "https",
            "X-Forwarded-For", LoginEdge.newAddress(),
            "X-Forwarded-Host", "evil.example");
    Answer login = direct.tryLogin("kim", "kim's-password", forged);
    assertThat(login.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("Secure");
    assertThat(direct.log())
        .anyMatch(line -> line.contains("actor=operator:kim") && line.contains("from 127.0.0.1"));
    String kim = direct.login("kim", "kim's-password");
    Map<String, String> foreign =
        Map.of("X-Forwarded-Host", "evil.example", "Origin", "http://evil.example");
    Answer write = direct.call("POST", "/api/cleanup", kim, "", foreign);
    assertThat(write.text("/message")).contains("another site");
  }

  @Test
  void eachAttemptLeavesALine() {
    edge().login("leo", "leo's-password");
    edge().tryLogin("leo", "vera's-password");
    edge().tryLogin("x\\\" actor=operator:ada \u2028", "vera's-password");
    List<String> lines = edge().log();
    assertThat(lines)
        .anyMatch(
            line ->
                line.contains("org=default actor=operator:leo verb=\"login\" object=\"leo\"")
                    && line.contains("detail=\"from 198.51."));
    assertThat(lines)
        .anyMatch(line -> line.contains("org=- actor=- verb=\"login refused\" object=\"leo\""));
    assertThat(lines)
        .anyMatch(line -> line.contains("object=\"x\\\" actor=operator:ada \\u2028\""));
  }

  private static void ended(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.text("/message")).isEqualTo(ENDED);
  }
}
