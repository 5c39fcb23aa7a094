package dev.sluice.service.http.edge;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static dev.sluice.service.http.SluiceServer.LEGACY_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import dev.sluice.service.metrics.Exposition;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** {@code /metrics} of the admin connector against the calls made. */
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class MetricsContract {

  private static final String ODD = "metrics \\\\ \\\"odd\\\" {a=1} \u00e9";
  private static final String ODD_NAME = "metrics \\ \"odd\" {a=1} \u00e9";
  private static final long HOUR_MS = 3_600_000;

  protected abstract SluiceServer server();

  /** The first on its server, whose calls it counts. */
  @Test
  @Order(1)
  void aDayOfWorkIsShownAsItWas() {
    long anHourAgo = System.currentTimeMillis() - HOUR_MS;
    enqueue("m-1", "metrics", anHourAgo);
    enqueue("m-2", "metrics", anHourAgo + 1);
    enqueue("m-3", "metrics", anHourAgo + 2);
    enqueue("m-4", ODD, anHourAgo);
    assertThat(server().post("/api/work", API_KEY, item("m-1", "other", anHourAgo)).status())
        .isEqualTo(409);

    Exposition page = sample();
    assertThat(items(page, "metrics", "ready")).isEqualTo(3);
    assertThat(items(page, ODD_NAME, "ready")).isEqualTo(1);
    assertThat(of(page, "sluice_queue_oldest_age_seconds", "metrics")).isGreaterThanOrEqualTo(3600);
    assertThat(page.value("sluice_refusals_total", "kind", "conflict")).isEqualTo(1);
    assertThat(page.value("sluice_store_up")).isEqualTo(1);

    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"capacity\":2,\"projects\":[\"metrics\"]}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("m-1", "m-2");
    page = sample();
    assertThat(items(page, "metrics", "claimed")).isEqualTo(2);
    assertThat(of(page, "sluice_handouts_total", "metrics")).isEqualTo(2);
    assertThat(page.value("sluice_wait_seconds_count")).isEqualTo(2);
    assertThat(page.value("sluice_wait_seconds_bucket", "le", "900.0")).isZero();
    assertThat(page.value("sluice_workers", "org", "default", "state", "active")).isEqualTo(1);

    assertThat(worker.report("m-1", "running").status()).isEqualTo(200);
    assertThat(worker.report("m-1", "running").status()).isEqualTo(200);
    call(worker.token(), "m-2", "nack", "{\"workerId\":\"" + worker.id() + "\"}");
    String message =
        call(API_KEY, "m-1", "inbox", "{\"type\":\"directive\",\"payload\":\"p\"}").text("/id");
    worker.poll();
    call(
        worker.token(),
        "m-1",
        "inbox/ack",
        "{\"messageId\":\"" + message + "\",\"lane\":\"urgent\"}");
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);

    page = sample();
    assertThat(items(page, "metrics", "claimed")).isZero();
    assertThat(page.value("sluice_accept_seconds_count")).isEqualTo(1);
    assertThat(requeues(page, "nack")).isEqualTo(1);
    assertThat(requeues(page, "deregistered")).isEqualTo(2);
    assertThat(page.value("sluice_messages_sent_total", "lane", "urgent")).isEqualTo(1);
    assertThat(page.value("sluice_messages_acknowledged_total", "lane", "urgent")).isEqualTo(1);
    assertThat(page.value("sluice_message_lag_seconds_count", "lane", "urgent")).isEqualTo(1);
    assertThat(operations(page, "workers.poll")).isEqualTo(2);
    assertThat(operations(page, "workers.deregister")).isEqualTo(1);
    assertThat(operations(page, "upkeep.sweep")).isPositive();
    assertThat(of(page, "sluice_queue_paused", "metrics")).isZero();
    assertThat(page.value("sluice_http_responses_total", "class", "4xx")).isEqualTo(1);
    assertThat(page.value("sluice_http_responses_total", "class", "2xx")).isGreaterThan(9);
    assertThat(page.value("sluice_http_threads")).isPositive();
    assertThat(page.type("jvm_memory_used_bytes")).isEqualTo("gauge");

    for (String id : new String[] {"m-1", "m-2", "m-3", "m-4"}) {
      assertThat(server().delete("/api/work/" + id, API_KEY).status()).isEqualTo(200);
    }
    page = sample();
    assertThat(items(page, "metrics", "ready")).isEqualTo(-1);
    assertThat(page.hasProject(ODD_NAME)).isFalse();
    assertThat(of(page, "sluice_queue_oldest_age_seconds", "metrics")).isEqualTo(-1);
  }

  @Test
  void thePageHoldsNoIdAndNoSecret() {
    TestWorker worker = server().register("{\"hostname\":\"secret-host\",\"capacity\":1}");
    enqueue("secret-session", "default", System.currentTimeMillis());
    worker.poll();

    String page = scrape("text/plain").body();

    assertThat(page)
        .doesNotContain(
            worker.id(),
            "secret-session",
            "secret-host",
            API_KEY,
            REGISTRATION_TOKEN,
            LEGACY_KEY,
            JWT_SECRET);
    server().delete("/api/workers/" + worker.id(), worker.token());
    server().delete("/api/work/secret-session", API_KEY);
  }

  @Test
  void theFormatIsTheOneAskedFor() {
    Answer plain = scrape("*/*");
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    Answer open = scrape("application/openmetrics-text; version=1.0.0");
    assertThat(open.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @Test
  void healthTellsReadyFromAlive() {
    Answer alive = admin("/alive", "*/*");
    assertThat(alive.status()).isEqualTo(200);
    assertThat(alive.json().toString()).isEqualTo("{\"alive\":true}");
    Answer ready = admin("/ready", "*/*");
    assertThat(ready.status()).as(ready.body()).isEqualTo(200);
    assertThat(ready.json().toString()).isEqualTo("{\"ready\":true}");
    assertThat(admin("/healthcheck", "*/*").status()).isEqualTo(200);
    Answer forBalancers = server().get("/ready", null);
    assertThat(forBalancers.status()).isEqualTo(200);
    assertThat(forBalancers.body()).isEqualTo("{\"ready\":true}");
    assertThat(forBalancers.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  private Exposition sample() {
    AgingApplication.age();
    return Exposition.parse(scrape("*/*").body());
  }

  private Answer scrape(String accept) {
    return admin("/metrics", accept);
  }

  private Answer admin(String path, String accept) {
    return SluiceServer.send(
        HttpRequest.newBuilder(URI.create(server().adminUrl() + path))
            .header("Accept", accept)
            .build());
  }

  private Answer call(String bearer, String session, String call, String body) {
    Answer answer = server().post("/api/sessions/" + session + "/" + call, bearer, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 202);
    return answer;
  }

  private void enqueue(String id, String project, long queuedAt) {
    server().enqueue(item(id, project, queuedAt));
  }

  private static String item(String id, String project, long queuedAt) {
    return "{\"sessionId\":\""
        + id
        + "\",\"projectName\":\""
        + project
        + "\",\"prompt\":\"p\",\"queuedAt\":"
        + queuedAt
        + "}";
  }

  private static double items(Exposition page, String project, String place) {
    return page.value("sluice_queue_items", "org", "default", "project", project, "place", place);
  }

  private static double of(Exposition page, String name, String project) {
    return page.value(name, "org", "default", "project", project);
  }

  private static double requeues(Exposition page, String reason) {
    return page.value("sluice_requeues_total", "reason", reason);
  }

  private static double operations(Exposition page, String operation) {
    return page.value("sluice_store_operation_seconds_count", "operation", operation);
  }
}
