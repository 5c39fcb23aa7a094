package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.RedisServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key of the configuration that was revoked stays so when a start brings it again. */
class RevokedAtStartTest {

  @Test
  void onTheEmbeddedBackend(@TempDir Path directory) {
    revokedForGood("hazelcast", "dataDirectory=" + directory);
  }

  @Test
  void onRedis() {
    try (RedisServerProcess redis = RedisServerProcess.start()) {
      revokedForGood("redis", "backend.redis.uri=" + redis.uri(), "backend.redis.timeoutMs=5000");
    }
  }

  private static void revokedForGood(String type, String... overrides) {
    String other;
    try (SluiceServer server = SluiceServer.start(type, overrides)) {
      other =
          server
              .post(
                  "/api/keys",
                  API_KEY,
                  "{\"name\":\"other\",\"type\":\"user\",\"scopes\":[\"keys:write\"]}")
              .text("/secret");
      String configured = "";
      for (JsonNode key : server.get("/api/keys", other).json().at("/keys")) {
        if (key.at("/name").asText().equals("SLUICE_API_KEY")) {
          configured = key.at("/id").asText();
        }
      }
      assertThat(server.delete("/api/keys/" + configured, other).status()).isEqualTo(200);
      assertThat(server.get("/api/keys", API_KEY).status()).isEqualTo(401);
    }
    try (SluiceServer server = SluiceServer.start(type, overrides)) {
      Answer keys = server.get("/api/keys", other);
      assertThat(keys.status()).as("the same store").isEqualTo(200);
      assertThat(server.get("/api/keys", API_KEY).status()).isEqualTo(401);
      assertThat(keys.body()).doesNotContain("SLUICE_API_KEY");
    }
  }
}
