package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.metrics.Exposition;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class RedisMetricsTest extends MetricsContract {

  private static RedisServerProcess redis;
  private static SluiceServer server;

  @BeforeAll
  static void start() {
    redis = RedisServerProcess.start();
    // A busy machine is no outage.
    server =
        SluiceServer.start(
            AgingApplication.class,
            "redis",
            "backend.redis.uri=" + redis.uri(),
            "backend.redis.timeoutMs=5000");
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  @Override
  protected SluiceServer server() {
    return server;
  }

  /** The last on its server. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aStoreThatIsAwayMakesItUnreadyButNotDead() {
    server.enqueue("{\"sessionId\":\"before\",\"projectName\":\"web\",\"prompt\":\"p\"}");
    redis.kill();

    Answer unready = until("/ready", answer -> answer.status() == 503);
    assertThat(unready.json().at("/ready").asBoolean(true)).isFalse();
    assertThat(unready.text("/reason")).isNotBlank();
    assertThat(server.get("/api/work/before", API_KEY).status()).isEqualTo(503);
    AgingApplication.age();
    Answer forBalancers = server.get("/ready", null);
    assertThat(forBalancers.status()).isEqualTo(503);
    assertThat(forBalancers.body()).as("no reason").isEqualTo("{\"ready\":false}");
    assertThat(get("/alive").status()).isEqualTo(200);
    Exposition page =
        Exposition.parse(
            until("/metrics", answer -> answer.body().contains("sluice_store_up 0.0")).body());
    assertThat(page.hasProject("web")).as("figures of a while ago").isFalse();
    assertThat(page.value("sluice_sample_complete")).isZero();
    assertThat(page.value("sluice_store_failures_total", "operation", "work.standing"))
        .isEqualTo(1);

    redis.restart();
    until("/ready", answer -> answer.status() == 200);
    until("/metrics", answer -> answer.body().contains("sluice_store_up 1.0"));
  }

  /** Bounded by the time-out of the test. */
  private Answer until(String path, Predicate<Answer> seen) {
    Answer answer = get(path);
    while (!seen.test(answer)) {
      AgingApplication.age();
      answer = get(path);
    }
    return answer;
  }

  private Answer get(String path) {
    return SluiceServer.send(HttpRequest.newBuilder(URI.create(server.adminUrl() + path)).build());
  }
}
