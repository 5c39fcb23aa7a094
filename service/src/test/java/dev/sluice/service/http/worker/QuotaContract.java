package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The provider accounts of a worker: docs/protocol.md, "Provider accounts". */
public abstract class QuotaContract {

  private static final String RESET = "2199-12-07T00:00:00.5Z";
  private static final long RESET_MS = Instant.parse(RESET).toEpochMilli();
  private static final String CHECKED = "2026-10-06T12:00:00.123456789Z";
  private static final long CHECKED_MS = Instant.parse(CHECKED).toEpochMilli();

  private static final String CODEX =
      ("{'id':'opaque-account-1','provider':'codex','plan':'promax','limitId':'codex',"
              + "'limits':{'checkedAt':'"
              + CHECKED
              + "','windows':[{'id':'primary',"
              + "'kind':'weekly','label':'Weekly','usedPercent':100,'resetsAt':'"
              + RESET
              + "',"
              + "'windowDurationMins':10080}],'resetCredits':{'availableCount':1}},"
              + "'authCheck':{'harness':'codex','ok':true,'checkedAt':'"
              + CHECKED
              + "'}}")
          .replace('\'', '"');

  protected abstract SluiceServer server();

  @Test
  void newest_clients_1_the_latest_accounts_are_shown_by_a_hash() {
    TestWorker worker = register();
    assertThat(beat(worker, ",\"quota\":[" + CODEX + "]")).hasSize(1);
    JsonNode account = quota(worker).get(0);
    assertThat(account.get("account").asText()).matches("[0-9a-f]{12}");
    assertThat(account.get("provider").asText()).isEqualTo("codex");
    assertThat(account.get("plan").asText()).isEqualTo("promax");
    assertThat(account.get("checkedAt").asLong()).isEqualTo(CHECKED_MS);
    assertThat(account.get("dryUntil").asLong()).isEqualTo(RESET_MS);
    assertThat(account.get("windows").toString())
        .isEqualTo(
            "[{\"id\":\"primary\",\"label\":\"Weekly\",\"usedPercent\":100,\"resetsAt\":"
                + RESET_MS
                + "}]");
    assertThat(account.get("authCheck").toString())
        .isEqualTo("{\"harness\":\"codex\",\"ok\":true,\"checkedAt\":" + CHECKED_MS + "}");
    Answer people = server().get("/api/workers/" + worker.id(), API_KEY);
    assertThat(StrictJson.read(people).get("quota")).isEqualTo(quota(worker));
    assertThat(people.body()).doesNotContain("opaque-account-1");

    String half = CODEX.replace(":100,", ":99.9,");
    JsonNode after = beat(worker, ",\"quota\":[" + half + "]");
    assertThat(after.at("/0/windows/0/usedPercent").asInt()).isEqualTo(99);
    assertThat(after.at("/0").has("dryUntil")).isFalse();
    assertThat(after.at("/0/account")).isEqualTo(account.get("account"));
    JsonNode other = beat(worker, ",\"quota\":[" + CODEX.replace("account-1", "2") + "]");
    assertThat(other.at("/0/account")).isNotEqualTo(account.get("account"));
    assertThat(beat(worker, "")).as("it vanished").isEmpty();
    delete(worker);
  }

  @Test
  void newest_clients_1_a_full_window_is_dry_until_its_reset_alone() {
    TestWorker worker = register();
    String past = CODEX.replace(RESET, "2020-01-01T00:00:00Z");
    String never = CODEX.replace("\"resetsAt\":\"" + RESET + "\",", "");
    for (String full : List.of(past, never)) {
      assertThat(beat(worker, ",\"quota\":[" + full + "]").at("/0").has("dryUntil")).isFalse();
    }
    delete(worker);
  }

  @Test
  void newest_clients_1_any_shape_is_accepted_and_what_cannot_be_read_is_left_out() {
    TestWorker worker = register();
    for (String nothing :
        List.of(
            "null",
            "5",
            "\"x\"",
            "true",
            "{}",
            "[]",
            "[null,5,\"x\",[],{},true]",
            "[{\"id\":\"a\"}]",
            "[{\"id\":\"a\",\"provider\":5}]",
            "[{\"id\":5,\"provider\":\"codex\"}]",
            "[{\"id\":\"a\",\"id\":\"b\",\"provider\":\"codex\"}]",
            "{\"a\":{\"b\":1,\"b\":\"\u00e9\"}}",
            "[".repeat(150) + "]".repeat(150),
            "[\"" + "x".repeat(70_000) + "\"]")) {
      assertThat(beat(worker, ",\"quota\":" + nothing)).as(nothing).isEmpty();
    }
    for (String wrong : List.of("null", "5", "\"x\"", "[]", "[5]", "{}", "true", "1e400", "-1")) {
      JsonNode quota =
          beat(
              worker,
              (",\"quota\":[{'id':'','provider':'claude','plan':W,'limits':W,'authCheck':W},"
                      + "{'provider':'codex','limits':{'checkedAt':W,'windows':W}},"
                      + "{'provider':'codex','limits':{'windows':[W,{'usedPercent':5,"
                      + "'id':W,'label':W,'resetsAt':W},{'usedPercent':W}]},"
                      + "'authCheck':{'ok':true,'harness':W,'checkedAt':W}}]")
                  .replace('\'', '"')
                  .replace("W", wrong));
      assertThat(quota).as(wrong).hasSize(3);
      assertThat(quota.at("/0/provider").asText()).isEqualTo("claude");
      assertThat(quota.at("/0").has("account")).isFalse();
      assertThat(quota.at("/2/windows/0/usedPercent").asInt()).isEqualTo(5);
      assertThat(quota.at("/2/authCheck/ok").asBoolean()).isTrue();
    }
    delete(worker);
  }

  @Test
  void newest_clients_1_a_name_that_is_repeated_elsewhere_is_still_refused() {
    TestWorker worker = register();
    String twice = "\"quota\":[{\"id\":\"a\",\"id\":\"b\"}]";
    for (String wrong :
        List.of(
            "{\"activeCount\":1," + twice + ",\"activeCount\":2}",
            "{\"activeCount\":1," + twice + ",\"load\":{\"cpu\":1,\"cpu\":2}}",
            "{\"activeCount\":1," + twice + ",\"quota\":[]}",
            "{\"activeCount\":1," + twice + "}}")) {
      Answer answer =
          server().post("/api/workers/" + worker.id() + "/heartbeat", worker.token(), wrong);
      assertThat(answer.status()).as("%s: %s", wrong, answer.body()).isEqualTo(400);
    }
    delete(worker);
  }

  @Test
  void newest_clients_1_accounts_are_bounded_and_go_with_their_worker() {
    TestWorker worker = register();
    String many =
        IntStream.range(0, 150)
            .mapToObj(n -> "{\"id\":\"" + n + "\",\"provider\":\"codex\"}")
            .collect(Collectors.joining(","));
    assertThat(beat(worker, ",\"quota\":[" + many + "]")).hasSize(100);
    delete(worker);
    assertThat(server().get("/api/workers/" + worker.id(), API_KEY).status()).isEqualTo(404);
    TestWorker again = register();
    assertThat(quota(again)).isEmpty();
    delete(again);
  }

  @Test
  void newest_clients_1_a_failed_login_is_told_and_texts_are_short_and_plain() {
    TestWorker worker = register();
    JsonNode quota =
        beat(
            worker,
            ",\"quota\":["
                + CODEX
                    .replace("\"ok\":true", "\"ok\":false")
                    .replace("promax", "p\\u0000\\u001f\\ud800\\u202e" + "x".repeat(500))
                + "]");
    assertThat(quota.at("/0/authCheck/ok").asBoolean()).isFalse();
    assertThat(quota.at("/0/plan").asText()).isEqualTo("p" + "x".repeat(79));
    delete(worker);
  }

  /** Returns the accounts as shown after a heartbeat. */
  private JsonNode beat(TestWorker worker, String members) {
    Answer answer =
        server()
            .post(
                "/api/workers/" + worker.id() + "/heartbeat",
                worker.token(),
                "{\"activeCount\":0" + members + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return quota(worker);
  }

  private JsonNode quota(TestWorker worker) {
    return StrictJson.read(server().get("/api/workers/" + worker.id(), worker.token()))
        .path("quota");
  }

  private TestWorker register() {
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                REGISTRATION_TOKEN,
                "{\"hostname\":\"quota\",\"hostInfo\":{}}");
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private void delete(TestWorker worker) {
    assertThat(server().delete("/api/workers/" + worker.id(), worker.token()).status())
        .isEqualTo(200);
  }
}
