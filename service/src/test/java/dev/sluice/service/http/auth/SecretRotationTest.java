package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/operating.md, "Rotation", on one process that restarts. */
@Timeout(120)
class SecretRotationTest {

  private static final String NEW_PASSWORD = "another-password-of-the-admin";
  private static final String OLD_PASSWORD = "the-password-of-the-admin";
  private static final String NEW_LEGACY = "legacy-key-of-later-workers";
  private static final String NEW_SECRET = "the-next-signing-secret-of-more-than-32-characters";
  private static final String NEW_KEY = "rsk_live_another_0123456789abcdef";
  private static final String NEW_TOKEN = "rsk_live_anothertoken_0123456789";

  @TempDir private Path directory;

  private SluiceServer start(String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("dataDirectory=" + directory.resolve("data"));
    return SluiceServer.start("embedded", all.toArray(String[]::new));
  }

  @Test
  void bothValuesCountAndTheOldOneOpensNothingOnceItIsRemoved() {
    TestWorker worker;
    try (SluiceServer before = start("credentials.adminPassword=" + OLD_PASSWORD)) {
      worker = before.register("{\"hostname\":\"h\",\"capacity\":1}");
      assertThat(login(before, OLD_PASSWORD)).isEqualTo(200);
      assertThat(login(before, NEW_PASSWORD)).isEqualTo(401);
    }
    String[] both = {
      "credentials.adminPassword=" + NEW_PASSWORD,
      "credentials.previousAdminPassword=" + OLD_PASSWORD,
      "credentials.legacyKey=" + NEW_LEGACY,
      "credentials.previousLegacyKey=" + LEGACY_KEY,
      "credentials.jwtSecret=" + NEW_SECRET,
      "credentials.previousJwtSecrets=" + JWT_SECRET,
      "credentials.apiKey=" + NEW_KEY,
      "credentials.registrationToken=" + NEW_TOKEN
    };
    try (SluiceServer server = start(both)) {
      for (String password : List.of(OLD_PASSWORD, NEW_PASSWORD)) {
        assertThat(login(server, password)).isEqualTo(200);
      }
      for (String key : List.of(LEGACY_KEY, NEW_LEGACY, API_KEY, NEW_KEY)) {
        assertThat(me(server, key)).as(key).isEqualTo(200);
      }
      assertThat(new TestWorker(server, worker.id(), worker.token()).heartbeat(0).status())
          .isEqualTo(200);
      for (String token : List.of(REGISTRATION_TOKEN, NEW_TOKEN)) {
        assertThat(register(server, token)).isEqualTo(201);
      }
      revokeOld(server);
      assertThat(me(server, API_KEY)).isEqualTo(401);
      assertThat(register(server, REGISTRATION_TOKEN)).isEqualTo(401);
      assertThat(me(server, NEW_KEY)).isEqualTo(200);
      assertThat(register(server, NEW_TOKEN)).isEqualTo(201);
    }
    try (SluiceServer after =
        start(
            "credentials.adminPassword=" + NEW_PASSWORD,
            "credentials.legacyKey=" + NEW_LEGACY,
            "credentials.jwtSecret=" + NEW_SECRET,
            "credentials.apiKey=" + NEW_KEY,
            "credentials.registrationToken=" + NEW_TOKEN)) {
      assertThat(login(after, OLD_PASSWORD)).isEqualTo(401);
      assertThat(login(after, NEW_PASSWORD)).isEqualTo(200);
      for (String key : List.of(LEGACY_KEY, API_KEY)) {
        assertThat(me(after, key)).as(key).isEqualTo(401);
      }
      assertThat(me(after, NEW_LEGACY)).isEqualTo(200);
      assertThat(new TestWorker(after, worker.id(), worker.token()).heartbeat(0).status())
          .isEqualTo(401);
    }
  }

  private static void revokeOld(SluiceServer server) {
    for (String secret : List.of(API_KEY, REGISTRATION_TOKEN)) {
      String id = Secrets.keyId(secret);
      assertThat(server.get("/api/keys", NEW_KEY).body()).contains(id);
      assertThat(server.delete("/api/keys/" + id, NEW_KEY).status()).isEqualTo(200);
    }
  }

  private static int me(SluiceServer server, String bearer) {
    return server.get("/api/me", bearer).status();
  }

  private static int register(SluiceServer server, String token) {
    return server
        .post("/api/workers/register", token, "{\"hostname\":\"x\",\"capacity\":1}")
        .status();
  }

  private static int login(SluiceServer server, String password) {
    String body = "{\"name\":\"admin\",\"password\":\"" + password + "\"}";
    return server.post("/api/login", null, body).status();
  }
}
