package dev.sluice.service.http.auth;

import static dev.sluice.service.http.AuthEdge.PREVIOUS_SECRET;
import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.errors.WireTexts;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.AuthTokens;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.TestWorker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** Credentials and their forgeries. */
abstract class AuthTokenContract {

  protected abstract AuthEdge edge();

  @Test
  void theTextsThatClientsSearchForAreTheProtocols() {
    assertThat(WireTexts.WORKER_NOT_FOUND).isEqualTo("Worker not found");
    assertThat(WireTexts.TOKEN_EXPIRED).isEqualTo("Runtime token expired");
    assertThat(WireTexts.NOT_OWNER).isEqualTo("Session is owned by another worker");
    assertThat(WireTexts.INVALID_KEY).isEqualTo("Invalid or missing API key");
    assertThat(WireTexts.SESSION_NOT_FOUND).isEqualTo("Session not found");
  }

  @Test
  void aMissingOrMangledHeaderIs401() {
    List<List<String>> headers = new ArrayList<>();
    headers.add(List.of());
    for (String value :
        List.of(
            "",
            " ",
            "Bearer",
            "Bearer ",
            "Bearer   ",
            API_KEY,
            "Bearer" + API_KEY,
            "Bearer:" + API_KEY,
            "Bearer=" + API_KEY,
            "Bearer " + API_KEY + " x",
            "Bearer " + API_KEY + "," + API_KEY,
            "Bearer \"" + API_KEY + "\"",
            "Bearer Bearer " + API_KEY,
            "Basic " + AuthTokens.base64("user:" + API_KEY),
            "Token " + API_KEY,
            "Digest username=\"" + API_KEY + "\"")) {
      headers.add(List.of("Authorization: " + value));
    }
    headers.add(List.of("Authorization: Bearer " + API_KEY, "Authorization: Bearer " + API_KEY));
    headers.add(List.of("Proxy-Authorization: Bearer " + API_KEY));
    headers.add(List.of("X-API-Key: " + API_KEY));
    headers.add(List.of("Cookie: wos-session=" + API_KEY));
    for (List<String> header : headers) {
      invalid(edge().authorized("GET", "/api/work/none", header.toArray(String[]::new)), header);
    }
    invalid(edge().get("/api/work/none?access_token=" + API_KEY, null), "a key in the query");
  }

  @Test
  void theCaseOfABearerCountsOnAKeptConnectionToo() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    for (String right : List.of(API_KEY, worker.token(), LEGACY_KEY)) {
      String wrong =
          right.chars().anyMatch(Character::isUpperCase)
              ? right.toLowerCase(Locale.ROOT)
              : right.toUpperCase(Locale.ROOT);
      try (BadInputSocket connection = new BadInputSocket(edge().server())) {
        for (int i = 0; i < 3; i++) {
          String path = "/api/sessions/none/status";
          assertThat(connection.send(BadInputSocket.head("GET", path, right)).answer().status())
              .isEqualTo(404);
          invalid(connection.send(BadInputSocket.head("GET", path, wrong)).answer(), wrong);
        }
      }
    }
  }

  @Test
  void theSchemeMayBeWrittenInAnyCase() {
    for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEaReR")) {
      Answer answer =
          edge().authorized("GET", "/api/work/none", "Authorization: " + scheme + " " + API_KEY);
      assertThat(answer.status()).as(scheme).isEqualTo(404);
    }
  }

  @Test
  void whatIsNoCredentialIs401AtEveryCall() throws GeneralSecurityException {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    for (Map.Entry<String, String> bad : badBearers(worker).entrySet()) {
      for (String call :
          List.of(
              "GET /api/workers/W/poll",
              "POST /api/workers/W/heartbeat",
              "POST /api/workers/W/refresh-token",
              "POST /api/workers/register",
              "POST /api/sessions/s/status",
              "POST /api/work")) {
        String method = call.substring(0, call.indexOf(' '));
        String path = call.substring(call.indexOf(' ') + 1).replace("W", worker.id());
        Answer answer =
            edge().call(method, path, bad.getValue(), method.equals("GET") ? null : "{}");
        invalid(answer, call + " with " + bad.getKey());
      }
    }
    assertThat(worker.poll().status()).as("its own still counts").isEqualTo(200);
  }

  private Map<String, String> badBearers(TestWorker worker) throws GeneralSecurityException {
    Map<String, String> bad = new LinkedHashMap<>();
    for (String opaque :
        List.of(
            "stub.a.b.c",
            "stub.a.b",
            "a.b.c",
            "a.b",
            "..",
            "a..c",
            "a.b.c.d.e",
            "rsk_live_",
            "rsk_live_unknown_0123456789",
            "rsp_live_unknown_0123456789",
            "rsk_" + LEGACY_KEY,
            LEGACY_KEY + "x",
            LEGACY_KEY.substring(1),
            LEGACY_KEY.toUpperCase(Locale.ROOT),
            API_KEY + "x",
            API_KEY.substring(0, API_KEY.length() - 1),
            API_KEY.replace("rsk_", "RSK_"),
            REGISTRATION_TOKEN.replace("rsk_", "rsp_"),
            JWT_SECRET,
            "a".repeat(7_000))) {
      bad.put(opaque, opaque);
    }
    String[] part = worker.token().split("\\.");
    JwtClaims claims = AuthTokens.claims(worker, 600);
    String payload = claims.toJson();
    String keyId = AuthTokens.keyId(JWT_SECRET);
    String none =
        AuthTokens.signed(claims, AlgorithmIdentifiers.NONE, null, keyId); // ends in a dot
    bad.put("no algorithm", none);
    bad.put("no algorithm, the old signature", none + part[2]);
    bad.put("no algorithm, any signature", none + "AAAA");
    bad.put(
        "NONE",
        AuthTokens.base64("{\"alg\":\"NONE\",\"kid\":\"" + keyId + "\"}")
            + "."
            + part[1]
            + "."
            + part[2]);
    Key key = AuthTokens.key(JWT_SECRET);
    for (String algorithm :
        List.of(AlgorithmIdentifiers.HMAC_SHA384, AlgorithmIdentifiers.HMAC_SHA512)) {
      for (String secret : List.of(JWT_SECRET, PREVIOUS_SECRET)) {
        bad.put(
            algorithm + " by a secret of " + secret.length(),
            AuthTokens.signed(claims, algorithm, AuthTokens.key(secret), AuthTokens.keyId(secret)));
      }
    }
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    PrivateKey theirs = rsa.generateKeyPair().getPrivate();
    bad.put(
        "RS256", AuthTokens.signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, theirs, keyId));
    for (String algorithm : List.of("RS256", "ES256", "PS256", "HS512", "hs256", "dir", "")) {
      String header = AuthTokens.header(JWT_SECRET).replace("HS256", algorithm);
      bad.put(algorithm + " in the header only", AuthTokens.sealed(header, payload, JWT_SECRET));
    }
    bad.put("another payload", part[0] + "." + AuthTokens.base64(payload) + "." + part[2]);
    bad.put(
        "another header", AuthTokens.base64("{\"alg\":\"HS256\"}") + "." + part[1] + "." + part[2]);
    bad.put("no signature", part[0] + "." + part[1] + ".");
    bad.put("half a signature", part[0] + "." + part[1] + "." + part[2].substring(20));
    bad.put("another signature", part[0] + "." + part[1] + "." + "A".repeat(part[2].length()));
    bad.put("a longer signature", worker.token() + "AAAA");
    bad.put("parts in another order", part[1] + "." + part[0] + "." + part[2]);
    String other = "a-secret-that-nobody-but-this-test-knows";
    bad.put("an unknown secret", AuthTokens.signed(claims, other));
    bad.put(
        "an unknown secret under a known name",
        AuthTokens.signed(claims, AlgorithmIdentifiers.HMAC_SHA256, AuthTokens.key(other), keyId));
    bad.put(
        "the other secret's name",
        AuthTokens.signed(
            claims, AlgorithmIdentifiers.HMAC_SHA256, key, AuthTokens.keyId(PREVIOUS_SECRET)));
    bad.put(
        "an unknown name", AuthTokens.signed(claims, AlgorithmIdentifiers.HMAC_SHA256, key, "x"));
    bad.put("no name", AuthTokens.signed(claims, AlgorithmIdentifiers.HMAC_SHA256, key, null));
    for (String header :
        List.of(
            "{\"alg\":\"HS256\",\"kid\":5}",
            "{\"alg\":\"HS256\",\"kid\":null}",
            "{\"alg\":\"HS256\",\"kid\":[\"" + keyId + "\"]}",
            "{\"alg\":\"HS256\",\"kid\":{}}",
            "{\"alg\":5,\"kid\":\"" + keyId + "\"}",
            "{\"alg\":[\"HS256\"],\"kid\":\"" + keyId + "\"}",
            "{\"kid\":\"" + keyId + "\"}",
            "{\"alg\":\"HS256\",\"alg\":\"none\",\"kid\":\"" + keyId + "\"}",
            "{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\",\"crit\":[\"x\"],\"x\":1}",
            "{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\",\"crit\":5}",
            "{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\",\"b64\":false}",
            "[]",
            "5",
            "null",
            "",
            "{",
            "{\"kid\":".repeat(500),
            "[".repeat(4_000))) {
      bad.put("header " + header, AuthTokens.sealed(header, payload, JWT_SECRET));
    }
    assertThat(
            edge()
                .get("/api/workers/" + worker.id() + "/poll", AuthTokens.with(worker, "x", "1"))
                .status())
        .as("all that follows is wrong by one member alone")
        .isEqualTo(200);
    bad.put("another issuer", AuthTokens.with(worker, "iss", "\"sluice-elsewhere\""));
    bad.put("another audience", AuthTokens.with(worker, "aud", "\"sluice-operators\""));
    bad.put("two audiences", AuthTokens.with(worker, "aud", "[\"sluice-workers\",\"others\"]"));
    bad.put("no right", AuthTokens.with(worker, "scope", "[]"));
    bad.put("another right", AuthTokens.with(worker, "scope", "[\"worker:poll\"]"));
    for (String time : List.of("nbf", "iat")) {
      bad.put(time + " ahead", AuthTokens.with(worker, time, String.valueOf(inAnHour() / 1000)));
    }
    bad.put("iat_ms ahead", AuthTokens.with(worker, "iat_ms", String.valueOf(inAnHour())));
    for (String member :
        List.of("iss", "aud", "jti", "scope", "nbf", "iat", "iat_ms", "sub", "org", "reg", "exp")) {
      for (String value : List.of("5", "null", "[]", "{}", "true", "\"\"", "[\"default\"]")) {
        boolean time = List.of("exp", "nbf", "iat", "iat_ms").contains(member);
        boolean text = List.of("sub", "org", "reg", "jti").contains(member);
        if (!(time && value.equals("5")) && !(text && value.equals("\"\""))) {
          bad.put(member + " " + value, AuthTokens.with(worker, member, value));
        }
      }
      bad.put(
          "without " + member,
          AuthTokens.sealed(
              AuthTokens.header(JWT_SECRET),
              payload.replace("\"" + member + "\"", "\"not" + member + "\""),
              JWT_SECRET));
    }
    for (String expiry :
        List.of("1e300", "9223372036854775807", "99999999999999999999", "-1e300")) {
      bad.put("exp " + expiry, AuthTokens.with(worker, "exp", expiry));
    }
    for (String claimed : List.of("[]", "5", "null", "", "{", "\"sub\"")) {
      bad.put(
          "payload " + claimed,
          AuthTokens.sealed(AuthTokens.header(JWT_SECRET), claimed, JWT_SECRET));
    }
    return bad;
  }

  private static long inAnHour() {
    return System.currentTimeMillis() + 3_600_000;
  }

  @Test
  void anExpiredTokenSaysJustThat() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String expired = AuthTokens.signed(AuthTokens.claims(worker, -1), JWT_SECRET);
    for (int i = 0; i < 2; i++) { // the second time it is known
      Answer poll = edge().get("/api/workers/" + worker.id() + "/poll", expired);
      assertThat(poll.status()).isEqualTo(401);
      assertThat(poll.text("/error")).isEqualTo("Runtime token expired");
      assertThat(poll.text("/message")).isEqualTo("Runtime token expired");
    }
    Answer elsewhere = edge().get("/api/workers/wkr_other/poll", expired);
    assertThat(elsewhere.status()).as("401 stands before 403").isEqualTo(401);
    String forged = expired.substring(0, expired.length() - 6) + "AAAAAA";
    invalid(edge().get("/api/workers/" + worker.id() + "/poll", forged), "expired and forged");
  }

  @Test
  void aTokenOfThePreviousSecretCountsAndIsRenewedWithTheCurrentOne() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    String old = AuthTokens.signed(AuthTokens.claims(worker, 600), PREVIOUS_SECRET);
    String path = "/api/workers/" + worker.id();
    assertThat(edge().get(path + "/poll", old).status()).isEqualTo(200);
    Answer refreshed = edge().post(path + "/refresh-token", old, "{}");
    assertThat(refreshed.status()).isEqualTo(200);
    String header = refreshed.text("/runtimeToken").split("\\.")[0];
    assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
        .contains(AuthTokens.keyId(JWT_SECRET));
  }

  @Test
  void aTokenOfAnotherOrgKnowsNothingOfThisOne() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    JwtClaims claims = AuthTokens.claims(worker, 600);
    claims.setStringClaim("org", "elsewhere");
    String foreign = AuthTokens.signed(claims, JWT_SECRET);
    String path = "/api/workers/" + worker.id();
    String session = "foreign-" + System.nanoTime();
    edge()
        .server()
        .enqueue("{\"sessionId\":\"" + session + "\",\"prompt\":\"p\",\"projectName\":\"none\"}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(session);
    for (Answer answer :
        List.of(
            edge().get(path + "/poll", foreign),
            edge().get(path, foreign),
            edge().post(path + "/heartbeat", foreign, "{\"activeCount\":0}"),
            edge().post(path + "/refresh-token", foreign, "{}"),
            edge().call("DELETE", path, foreign, null))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("/error")).isEqualTo("Worker not found");
    }
    for (Answer answer :
        List.of(
            edge().get("/api/sessions/" + session + "/status", foreign),
            edge()
                .post("/api/sessions/" + session + "/status", foreign, "{\"status\":\"running\"}"),
            edge().post("/api/sessions/" + session + "/nack", foreign, "{}"))) {
      assertThat(answer.status()).as("its org has no such worker").isEqualTo(401);
    }
    assertThat(worker.report(session, "completed").status()).isEqualTo(200);
  }

  @Test
  void whatRefreshesATokenAndThatItThenCounts() {
    TestWorker worker = edge().register(REGISTRATION_TOKEN);
    for (String bearer :
        List.of(
            REGISTRATION_TOKEN,
            worker.token(),
            AuthTokens.signed(AuthTokens.claims(worker, -1), JWT_SECRET),
            AuthTokens.signed(AuthTokens.claims(worker, -86_000), JWT_SECRET),
            AuthTokens.signed(AuthTokens.claims(worker, -1), PREVIOUS_SECRET))) {
      Answer refreshed =
          edge().post("/api/workers/" + worker.id() + "/refresh-token", bearer, "{}");
      assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
      assertThat(refreshed.text("/workerId")).isEqualTo(worker.id());
      String fresh = refreshed.text("/runtimeToken");
      assertThat(fresh.split("\\.")).hasSize(3);
      assertThat(edge().get("/api/workers/" + worker.id() + "/poll", fresh).status())
          .isEqualTo(200);
      assertThat(
              edge()
                  .post("/api/workers/" + worker.id() + "/heartbeat", fresh, "{\"activeCount\":0}")
                  .status())
          .isEqualTo(200);
    }
    Answer late =
        edge()
            .post(
                "/api/workers/" + worker.id() + "/refresh-token",
                AuthTokens.signed(AuthTokens.claims(worker, -86_500), JWT_SECRET),
                "{}");
    assertThat(late.status()).as("beyond the grace").isEqualTo(401);
    assertThat(late.text("/error")).isEqualTo("Runtime token expired");
    Answer unknown =
        edge().post("/api/workers/wkr_unknown/refresh-token", REGISTRATION_TOKEN, "{}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text("/error")).isEqualTo("Worker not found");
    assertThat(unknown.text("/code")).isEqualTo("worker-not-found");
    TestWorker other = edge().register(REGISTRATION_TOKEN);
    assertThat(
            edge()
                .post("/api/workers/" + other.id() + "/refresh-token", worker.token(), "{}")
                .status())
        .isEqualTo(403);
    assertThat(
            edge().post("/api/workers/" + worker.id() + "/refresh-token", API_KEY, "{}").status())
        .isEqualTo(403);
  }

  private static void invalid(Answer answer, Object what) {
    assertThat(answer.status()).as("%s: %s", what, answer).isEqualTo(401);
    assertThat(answer.text("/error")).as("%s", what).isEqualTo("Invalid or missing API key");
    assertThat(answer.text("/message")).as("%s", what).isEqualTo("Invalid or missing API key");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).as("%s", what).isPresent();
  }
}
