package dev.sluice.service.http.login;

import static dev.sluice.service.http.LoginEdge.ADMIN_PASSWORD;
import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthTokens;
import dev.sluice.service.http.BadInputAnswers;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.TestWorker;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class LoginCookieContract {

  protected abstract LoginEdge edge();

  @Test
  void whatIsNoCookieOfOursIsRefused() {
    forged()
        .forEach(
            (what, cookie) -> {
              for (String path : List.of("/api/me", "/api/sessions", "/api/workers/w/poll")) {
                Answer answer = edge().get(path, cookie);
                assertThat(answer.status()).as("%s at %s", what, path).isEqualTo(401);
                assertThat(answer.text("/message")).as(what).contains("log in again");
              }
              assertThat(edge().post("/api/work", cookie, "{\"prompt\":\"p\"}").status())
                  .as(what)
                  .isEqualTo(401);
            });
  }

  private Map<String, String> forged() {
    String right = edge().login("ada", "ada's-password");
    String[] part = right.split("\\.");
    String header = text(part[0]);
    String claims = text(part[1]);
    TestWorker worker = edge().server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("nothing", "");
    bad.put("no token", "ada");
    bad.put("dots", "..");
    bad.put("no signature", part[0] + "." + part[1] + ".");
    bad.put("another signature", part[0] + "." + part[1] + "." + "A".repeat(43));
    bad.put("half a signature", part[0] + "." + part[1] + "." + part[2].substring(20));
    bad.put(
        "another operator",
        part[0] + "." + AuthTokens.base64(claims.replace("\"ada\"", "\"admin\"")) + "." + part[2]);
    for (String algorithm : List.of("none", "NONE", "HS512", "RS256", "hs256")) {
      String other = header.replace("HS256", algorithm);
      bad.put("algorithm " + algorithm, AuthTokens.sealed(other, claims, JWT_SECRET));
      bad.put(
          "algorithm " + algorithm + ", unsigned",
          AuthTokens.base64(other) + "." + AuthTokens.base64(claims) + ".");
    }
    bad.put("another secret", AuthTokens.sealed(header, claims, "x".repeat(40)));
    bad.put("no key's name", sealed(header.replace("\"kid\"", "\"kit\""), claims));
    bad.put("another type", sealed(header.replace("sluice-session+jwt", "JWT"), claims));
    bad.put("no type", sealed(header.replace("\"typ\"", "\"typo\""), claims));
    bad.put("another audience", sealed(header, claims.replace("sluice-operators", "others")));
    bad.put("no audience", sealed(header, claims.replace("\"aud\"", "\"audit\"")));
    bad.put("no operator", sealed(header, claims.replace("\"sub\"", "\"subject\"")));
    bad.put("an unknown one", sealed(header, claims.replace("\"ada\"", "\"nobody\"")));
    bad.put("another's stamp", sealed(header, claims.replace("\"ada\"", "\"otto\"")));
    bad.put("no stamp", sealed(header, claims.replace("\"pwd\"", "\"pw\"")));
    bad.put(
        "a stamp of no text", sealed(header, claims.replaceAll("\"pwd\":\"\\w+\"", "\"pwd\":5")));
    bad.put("no end", sealed(header, claims.replace("\"exp\"", "\"expires\"")));
    bad.put(
        "an end of no time", sealed(header, claims.replaceAll("\"exp\":\\d+", "\"exp\":1e300")));
    bad.put("an end before now", sealed(header, claims.replaceAll("\"exp\":\\d+", "\"exp\":5")));
    bad.put("no claims", sealed(header, "[]"));
    bad.put("a runtime token", worker.token());
    bad.put(
        "a runtime token of that name",
        AuthTokens.signed(AuthTokens.claims("ada", worker.token(), 600), JWT_SECRET));
    for (String key : List.of(API_KEY, REGISTRATION_TOKEN, LEGACY_KEY, ADMIN_PASSWORD)) {
      bad.put(key, key);
    }
    assertThat(edge().get("/api/me", sealed(header, claims)).status())
        .as("sealed as these are, the right one counts")
        .isEqualTo(200);
    return bad;
  }

  private static String sealed(String header, String claims) {
    return AuthTokens.sealed(header, claims, JWT_SECRET);
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  @Test
  void aCookieIsNoBearer() {
    String cookie = edge().login("ada", "ada's-password");
    TestWorker worker = edge().server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    for (String path : List.of("/api/me", "/api/workers/" + worker.id() + "/poll")) {
      Answer answer = edge().server().get(path, cookie);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text("/message")).isEqualTo("Invalid or missing API key");
    }
    Answer refresh =
        edge().server().post("/api/workers/" + worker.id() + "/refresh-token", cookie, "{}");
    assertThat(refresh.status()).isEqualTo(401);
  }

  @Test
  void aHeaderWinsOverACookie() {
    String ada = edge().login("ada", "ada's-password");
    for (String header : List.of("Bearer wrong", "Bearer ", "Basic YWRhOmFkYQ==", "")) {
      Answer answer = edge().call("GET", "/api/me", ada, null, Map.of("Authorization", header));
      assertThat(answer.status()).as(header).isEqualTo(401);
    }
    String vera = edge().login("vera", "vera's-password");
    Map<String, String> key = Map.of("Authorization", "Bearer " + API_KEY);
    assertThat(edge().call("GET", "/api/me", vera, null, key).text("/mode")).isEqualTo("user_key");
    assertThat(edge().call("POST", "/api/cleanup", vera, "", key).status())
        .as("a key is no browser's")
        .isEqualTo(200);
    assertThat(edge().call("GET", "/api/me?org=elsewhere", vera, null, key).text("/org"))
        .as("a key is of its own org")
        .isEqualTo("default");
  }

  @Test
  void aHeaderThatIsNoListOfCookiesHoldsNone() {
    for (String header :
        List.of(
            "",
            ";",
            "=",
            ";;=;,",
            "sluice_session",
            "sluice_session=",
            "sluice_session=\"",
            "sluice_session=\"x",
            "$Version=1; sluice_session=x; $Path=/",
            "$Version=x; $Path; =sluice_session",
            "a=b; sluice_session; c",
            "sluice_session=a; sluice_session=b",
            "Sluice_Session=x",
            "sluice_session=" + "x".repeat(5_000))) {
      Map<String, String> headers = Map.of("Cookie", header);
      Answer answer = edge().server().call("GET", "/api/me", null, null, headers);
      assertThat(BadInputAnswers.problem(answer)).as(header).isNull();
      assertThat(answer.status()).as(header).isEqualTo(401);
      assertThat(edge().server().call("GET", "/api/me", API_KEY, null, headers).status())
          .as(header)
          .isEqualTo(200);
    }
  }

  @Test
  void aCookieReadsWhatASessionToldInItsOrgAlone() {
    String session = "embed-" + System.nanoTime();
    edge()
        .server()
        .enqueue("{\"sessionId\":\"" + session + "\",\"prompt\":\"p\",\"projectName\":\"none\"}");
    String path = "/api/public/session-activities?sessionId=" + session;
    assertThat(edge().get(path, "ended").status()).isEqualTo(401);
    String vera = edge().login("vera", "vera's-password");
    assertThat(edge().get(path, vera).status()).isEqualTo(200);
    String eve = edge().login("eve", "eve's-password");
    assertThat(edge().get(path, eve).status()).as("of another org").isEqualTo(404);
  }

  @Test
  void eachIsToldWhoItIs() {
    TestWorker worker = edge().server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}");
    me(edge().server().get("/api/me", worker.token()), worker.id(), "runtime_token", "[]");
    me(edge().server().get("/api/me", LEGACY_KEY), "legacy", "legacy_key", "[]");
    Answer key = edge().server().get("/api/me", API_KEY);
    me(
        key,
        key.text("/name"),
        "user_key",
        "[\"fleet:read\",\"fleet:write\",\"keys:write\",\"work:read\",\"work:write\",\"worker:register\"]");
    assertThat(key.text("/name")).startsWith("key_");
    Answer vera = edge().get("/api/me", edge().login("vera", "vera's-password"));
    me(vera, "vera", "operator", "[\"fleet:read\"]");
    assertThat(vera.text("/role")).isEqualTo("viewer");
    assertThat(edge().server().get("/api/me", null).status()).isEqualTo(401);
  }

  private static void me(Answer answer, String name, String mode, String scopes) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("/name")).isEqualTo(name);
    assertThat(answer.text("/mode")).isEqualTo(mode);
    assertThat(answer.text("/org")).isEqualTo("default");
    assertThat(answer.json().get("scopes").toString()).isEqualTo(scopes);
    assertThat(answer.json().has("role")).isEqualTo(mode.equals("operator"));
  }
}
