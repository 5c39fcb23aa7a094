package dev.sluice.service.http.auth;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.SluiceServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevokedAtStartTest {

  @Test
  void onTheEmbeddedBackend(@TempDir Path directory) {
    revokedForGood("embedded", "dataDirectory=" + directory);
  }

  @Test
  void onRedis() {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      revokedForGood("redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
    }
  }

  /** Revokes by a key that the revoked key minted, which goes with it. */
  private static void revokedForGood(String type, String... overrides) {
    String minted;
    String worker;
    try (SluiceServer server = SluiceServer.start(type, overrides)) {
      worker = "/api/workers/" + server.register("{\"hostname\":\"h\"}").id();
      String key = "{\"name\":\"minted\",\"type\":\"user\",\"scopes\":[\"keys:write\"]}";
      minted = server.post("/api/keys", API_KEY, key).text("/secret");
      String configured = "";
      for (JsonNode each : server.get("/api/keys", minted).json().at("/keys")) {
        if (each.at("/name").asText().equals("SLUICE_API_KEY")) {
          configured = each.at("/id").asText();
        }
      }
      assertThat(server.delete("/api/keys/" + configured, minted).status()).isEqualTo(200);
      assertThat(server.get("/api/keys", API_KEY).status()).isEqualTo(401);
      assertThat(server.get("/api/keys", minted).status()).isEqualTo(401);
    }
    try (SluiceServer server = SluiceServer.start(type, overrides)) {
      assertThat(server.get(worker, SluiceServer.REGISTRATION_TOKEN).status())
          .as("the same store")
          .isEqualTo(200);
      assertThat(server.get("/api/keys", API_KEY).status()).isEqualTo(401);
      assertThat(server.get("/api/keys", minted).status()).isEqualTo(401);
    }
  }
}
