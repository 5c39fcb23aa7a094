package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.webhooks.Receiver;
import dev.sluice.service.webhooks.Receiver.Post;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

abstract class WebhookContract {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Receiver receiver = new Receiver();

  protected abstract AuthEdge edge();

  @AfterEach
  void close() {
    receiver.close();
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(20); // between two questions
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private String body(String more) {
    return "{\"url\":\"" + receiver.url() + "\"" + more + "}";
  }

  private JsonNode add(OpsOrg org, String more) {
    Answer answer = edge().server().post("/api/webhooks", org.key(), body(more));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static void verify(String secret, Post post) throws Exception {
    Map<String, List<String>> headers = new HashMap<>();
    post.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    new Webhook(secret).verify(post.text(), HttpHeaders.of(headers, (name, value) -> true));
  }

  @Test
  void eachEventIsPostedAndListed() throws Exception {
    OpsOrg org = OpsOrg.of(edge());
    JsonNode made = add(org, ",\"reason\":\"told\"");
    String id = made.at("/id").asText();
    String secret = made.at("/secret").asText();
    assertThat(secret).startsWith("whsec_");
    assertThat(made.at("/format").asText()).isEqualTo("standard");

    org.enqueue("web", org.name() + "-a");
    until(() -> receiver.posts().size() == 1);
    Post post = receiver.posts().get(0);
    verify(secret, post);
    JsonNode event = org.done("GET", "/api/events", null).at("/events/0");
    assertThat(post.json().path("data")).isEqualTo(event);
    assertThat(post.json().path("type").asText()).isEqualTo("session.enqueued");

    String deliveries = "/api/webhooks/" + id + "/deliveries";
    until(() -> org.done("GET", deliveries, null).at("/deliveries").size() == 1);
    JsonNode delivery = org.done("GET", deliveries, null).at("/deliveries/0");
    assertThat(delivery.at("/event").asText()).isEqualTo(event.at("/id").asText());
    assertThat(delivery.at("/state").asText()).isEqualTo("delivered");
    assertThat(delivery.at("/status").asInt()).isEqualTo(204);

    Answer list = edge().get("/api/webhooks", org.key());
    assertThat(list.body()).contains(id).doesNotContain("whsec_");
    assertThat(edge().get("/api/webhooks/" + id, org.key()).body()).doesNotContain("whsec_");
    assertThat(org.audited("add-webhook").get(0)).contains(id, "127.0.0.1", "told");
    assertThat(edge().log()).noneMatch(line -> line.contains("secret-of-the-path"));

    org.done("DELETE", "/api/webhooks/" + id + "?reason=over", null);
    org.refused(404, "GET", "/api/webhooks/" + id, null);
    assertThat(org.audited("remove-webhook").get(0)).contains(id, "over");
  }

  @Test
  void eventsOfLabelledWorkArePosted() {
    OpsOrg org = OpsOrg.of(edge());
    JsonNode made = add(org, ",\"labels\":{\"run\":\"nightly\"}");
    assertThat(made.at("/labels").toString()).isEqualTo("{\"run\":\"nightly\"}");
    org.enqueue("web", org.name() + "-a");
    String labelled = org.name() + "-b";
    org.done(
        "POST",
        "/api/work",
        "{\"prompt\":\"p\",\"projectName\":\"web\",\"sessionId\":\"%s\",\"labels\":{\"run\":\"nightly\"}}"
            .formatted(labelled));
    org.worker("web", 2).poll();

    until(() -> receiver.posts().size() >= 2);
    assertThat(receiver.posts())
        .extracting(
            post ->
                post.json().at("/data/type").asText()
                    + ' '
                    + post.json().at("/data/sessionId").asText())
        .containsExactlyInAnyOrder("session.enqueued " + labelled, "session.claimed " + labelled);
  }

  @Test
  void anEventIsReplayedUnderItsId() {
    OpsOrg org = OpsOrg.of(edge());
    String id = add(org, "").at("/id").asText();
    org.enqueue("web", org.name() + "-a");
    String deliveries = "/api/webhooks/" + id + "/deliveries";
    until(() -> org.done("GET", deliveries, null).at("/deliveries").size() == 1);

    org.refused(404, "POST", deliveries + "/999/replay", "{}");
    org.refused(400, "POST", deliveries + "/x/replay", "{}");
    assertThat(org.done("POST", deliveries + "/1/replay", "{}").toString())
        .isEqualTo("{\"replayed\":true,\"event\":\"1\"}");
    until(() -> receiver.posts().size() == 2);
    assertThat(receiver.posts().get(1).id()).isEqualTo(receiver.posts().get(0).id());
    assertThat(org.audited("replay-event").get(0)).contains(id);
  }

  @Test
  void aRotatedSecretSignsBesideTheOneBefore() throws Exception {
    OpsOrg org = OpsOrg.of(edge());
    String id = add(org, ",\"secret\":\"" + SECRET + "\"").at("/id").asText();
    Answer rotated =
        edge().server().post("/api/webhooks/" + id + "/secret", org.key(), "{\"reason\":\"r\"}");
    String second = rotated.text("/secret");
    JsonNode test = org.done("POST", "/api/webhooks/" + id + "/test", null);

    assertThat(test.at("/state").asText()).isEqualTo("delivered");
    assertThat(test.at("/type").asText()).isEqualTo("webhook.test");
    verify(SECRET, receiver.posts().get(0));
    verify(second, receiver.posts().get(0));
    assertThat(org.audited("rotate-secret")).hasSize(1);
    assertThat(org.audited("test-webhook")).hasSize(1);
    assertThat(edge().log()).noneMatch(line -> line.contains(second) || line.contains(SECRET));
  }

  @Test
  void aRepeatUnderAKeyMakesOneWebhook() {
    OpsOrg org = OpsOrg.of(edge());
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    Answer first = edge().server().call("POST", "/api/webhooks", org.key(), body(""), key);
    Answer again = edge().server().call("POST", "/api/webhooks", org.key(), body(""), key);
    Answer other =
        edge()
            .server()
            .call("POST", "/api/webhooks", org.key(), body(",\"types\":[\"worker\"]"), key);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(other.status()).isEqualTo(422);
    assertThat(org.done("GET", "/api/webhooks", null).at("/webhooks")).hasSize(1);
  }

  @Test
  void aKeyBoundToProjectsHasWebhooksOfThem() {
    OpsOrg org = OpsOrg.of(edge());
    String bound =
        edge().key(org.name(), Key.Type.USER, Set.of(Scope.FLEET_READ, Scope.FLEET_WRITE), "web");
    String whole = add(org, "").at("/id").asText();
    assertThat(edge().post("/api/webhooks", bound, body("")).status()).isEqualTo(403);
    assertThat(edge().post("/api/webhooks", bound, body(",\"projects\":[\"app\"]")).status())
        .isEqualTo(403);
    String own =
        edge().server().post("/api/webhooks", bound, body(",\"projects\":[\"web\"]")).text("/id");
    assertThat(edge().get("/api/webhooks", bound).json().at("/webhooks")).hasSize(1);
    assertThat(edge().get("/api/webhooks/" + whole, bound).status()).isEqualTo(404);
    org.enqueue("app", org.name() + "-a");
    org.enqueue("web", org.name() + "-b");
    until(() -> receiver.posts().size() >= 3);
    String mark = own.substring(3);
    assertThat(receiver.posts().stream().filter(post -> post.id().contains(mark)))
        .hasSize(1)
        .allMatch(post -> post.json().at("/data/project").asText().equals("web"));
  }

  @Test
  void whatIsWrongIsNamed() {
    OpsOrg org = OpsOrg.of(edge());
    for (String wrong :
        List.of(
            "url {}",
            "url {\"url\":\"ftp://a/\"}",
            "url {\"url\":\"https://u:p@a/\"}",
            "url {\"url\":\"https://a/#x\"}",
            "url {\"url\":\"/a\"}",
            "types {\"url\":\"https://a/\",\"types\":[\"session.none\"]}",
            "types {\"url\":\"https://a/\",\"types\":\"worker\"}",
            "projects {\"url\":\"https://a/\",\"projects\":[\"\"]}",
            "secret {\"url\":\"https://a/\",\"secret\":\"whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}",
            "secret {\"url\":\"https://a/\",\"secret\":\"whsec_c2hvcnQ=\"}",
            "labels {\"url\":\"https://a/\",\"labels\":[]}",
            "labels.a {\"url\":\"https://a/\",\"labels\":{\"a\":1}}",
            "format {\"url\":\"https://a/\",\"format\":\"xml\"}")) {
      int space = wrong.indexOf(' ');
      JsonNode error = org.refused(400, "POST", "/api/webhooks", wrong.substring(space + 1));
      assertThat(error.at("/field").asText()).as(wrong).isEqualTo(wrong.substring(0, space));
    }
    assertThat(org.audited("add-webhook")).isEmpty();
  }
}
