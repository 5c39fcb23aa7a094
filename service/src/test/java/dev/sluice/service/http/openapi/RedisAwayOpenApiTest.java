package dev.sluice.service.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.openapi.OpenApiScene.Given;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RedisAwayOpenApiTest {

  private static final String UNKNOWN_KEY = "rsk_live_that_only_the_store_could_know";

  private static RedisServerProcess redis;
  private static SluiceServer server;
  private static OpenApiScene scene;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    server = SluiceServer.start("redis", "backend.redis.uri=" + redis.uri());
    scene = new OpenApiScene(server, Given.NOTHING);
    redis.kill();
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCallThatAsksTheStoreSaysThatItIsAway() {
    return OpenApiContract.calls()
        .filter(call -> call.operation().node().path("responses").has("503"))
        .map(call -> dynamicTest(call.id(), () -> unavailable(call)));
  }

  private static void unavailable(OpenApiCall call) {
    String body = call.bodies().get(0);
    Answer answer =
        call.send(
            scene,
            call.path(scene),
            UNKNOWN_KEY,
            body == null ? null : body.replace("rsk_live_...", UNKNOWN_KEY),
            Map.of());
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    OpenApiContract.requireDocumented(call, answer);
  }
}
