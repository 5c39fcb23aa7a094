package dev.sluice.service.http.worker;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static dev.sluice.service.http.SluiceServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes of failures, as the newest Go daemon tells them: docs/rules.md, "Failed runs". */
public abstract class FailedRunContract {

  private final String tag = "failed-" + System.nanoTime();

  private String project = tag;

  protected abstract SluiceServer server();

  private TestWorker register() {
    Answer registered =
        server()
            .post(
                "/api/workers/register",
                REGISTRATION_TOKEN,
                "{\"hostname\":\"h\",\"projects\":[\"%s\"]}".formatted(project));
    return new TestWorker(server(), registered.text("/workerId"), registered.text("/runtimeToken"));
  }

  private TestWorker claimed(String more) {
    server().enqueue(item(more));
    TestWorker worker = register();
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    return worker;
  }

  private String item(String more) {
    return """
        {"sessionId":"%s","prompt":"Fix the parser","projectName":"%s"%s}"""
        .formatted(tag, project, more);
  }

  private Answer fails(TestWorker worker, String members) {
    return ends(worker, "failed", "\"error\":{\"message\":\"no\"}," + members);
  }

  private Answer ends(TestWorker worker, String status, String members) {
    return server()
        .post(
            "/api/sessions/" + tag + "/status",
            worker.token(),
            "{\"workerId\":\"%s\",\"status\":\"%s\",%s}".formatted(worker.id(), status, members));
  }

  private JsonNode work() {
    Answer work = server().get("/api/work/" + tag, API_KEY);
    assertThat(work.status()).as(work.body()).isEqualTo(200);
    return work.json();
  }

  @ParameterizedTest
  @CsvSource({
    "worktree-provision, returned",
    "provider-resolve, returned",
    "spawn-failed, returned",
    "kit-provision, returned",
    "interactive-input, returned",
    "worker_exited_without_result, returned",
    "orphaned, returned",
    "lost-ownership, ready",
    "host-restart, ready",
    "provider-error, later",
    "prompt-render, ended",
    "silent-exit, ended",
    "timeout, ended",
    "backstop-failed, ended",
    "agent-blocked, ended",
    "operator-cancelled, ended",
    "interactive-unsupported, ended",
    "interactive-config, ended",
    "no-progress, ended",
    "a cause of tomorrow, ended"
  })
  void newest_clients_4_a_cause_is_kept_and_decides(String cause, String place) {
    TestWorker worker = claimed("");

    Answer failed = fails(worker, "\"failureMode\":\"%s\"".formatted(cause));

    assertThat(failed.status()).as(failed.body()).isEqualTo(200);
    assertThat(failed.text("/session/failureMode")).as(failed.body()).isEqualTo(cause);
    assertThat(failed.text("/session/status"))
        .isEqualTo(place.equals("ended") ? "failed" : "pending");
    JsonNode work = work();
    assertThat(work.at("/place").asText()).isEqualTo(place);
    assertThat(work.at("/failureMode").asText()).isEqualTo(cause);
    if (place.equals("returned")) {
      assertThat(work.at("/waits/0/reason").asText()).contains("failed to run it (" + cause);
    }
    assertThat(fails(worker, "\"failureMode\":\"%s\"".formatted(cause)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "null",
        "\"\"",
        "\" \\n\"",
        "[\"x\"]",
        "{}",
        "\"%s\"",
        "\"\u00e9%.255s\"",
        "\"\\ud800\""
      })
  void newest_clients_4_anything_else_is_ignored(String mode) {
    TestWorker worker = claimed("");

    Answer failed = fails(worker, "\"failureMode\":" + mode.formatted("x".repeat(257)));

    assertThat(failed.status()).as(failed.body()).isEqualTo(200);
    assertThat(failed.text("/session/status")).isEqualTo("failed");
    assertThat(failed.json().at("/session/failureMode").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @MethodSource
  void newest_clients_4_up_to_256_bytes_are_kept_in_one_line(String told, String kept) {
    TestWorker worker = claimed("");
    String mode = "\"failureMode\":" + told;

    Answer failed = fails(worker, mode);

    assertThat(failed.status()).as(failed.body()).isEqualTo(200);
    assertThat(failed.text("/session/failureMode")).isEqualTo(kept);
    assertThat(work().at("/failureMode").asText()).isEqualTo(kept);
    assertThat(fails(worker, mode).status()).as("the same again").isEqualTo(200);
  }

  static Stream<Arguments> newest_clients_4_up_to_256_bytes_are_kept_in_one_line() {
    return Stream.of(
        arguments("\"" + "x".repeat(256) + "\"", "x".repeat(256)),
        arguments("\"" + "\u00e9".repeat(128) + "\"", "\u00e9".repeat(128)),
        arguments("\"" + "\ud83d\ude80".repeat(64) + "\"", "\ud83d\ude80".repeat(64)),
        arguments("\"\\u003cno git\\u003e\"", "<no git>"),
        arguments("\"line\\nline\\u0000end\"", "line line end"),
        arguments("\"half \\ud83d a sign\"", "half   a sign"));
  }

  @Test
  void newest_clients_4_escapes_are_no_part_of_a_cause() {
    TestWorker worker = claimed("");

    fails(worker, "\"failureMode\":\"spawn\\u002dfailed\"");

    assertThat(work().at("/place").asText()).isEqualTo("returned");
    assertThat(work().at("/waits/0/reason").asText()).contains("failed to run it (spawn-failed)");
  }

  @Test
  void newest_clients_4_a_stopped_run_has_a_cause_too() {
    TestWorker worker = claimed("");

    Answer stopped = ends(worker, "stopped", "\"failureMode\":\"operator-cancelled\"");

    assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
    assertThat(stopped.text("/session/status")).isEqualTo("stopped");
    assertThat(work().at("/place").asText()).isEqualTo("ended");
    assertThat(work().at("/failureMode").asText()).isEqualTo("operator-cancelled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"code\":\"execution_security_unrenderable\"}]",
        "5",
        "null",
        "\"execution_security_unrenderable\"",
        "{}",
        "{\"dimensions\":[\"network\"]}",
        "{\"code\":5}",
        "{\"code\":null}",
        "{\"code\":\"\"}",
        "{\"code\":\"%s\"}",
        "{\"code\":\"execution_security_unrenderable\",\"dimensions\":[\"%1$s\",\"%1$s\",\"%1$s\",\"%1$s\",\"%1$s\"]}"
      })
  void newest_clients_3_a_malformed_refusal_is_ignored(String refusal) {
    TestWorker worker = claimed("");

    Answer failed =
        fails(worker, "\"executionSecurityRefusal\":" + refusal.formatted("x".repeat(1_000)));

    assertThat(failed.status()).as(failed.body()).isEqualTo(200);
    assertThat(failed.text("/session/status")).isEqualTo("failed");
    assertThat(failed.json().at("/session/executionSecurityRefusal").isMissingNode()).isTrue();
    assertThat(work().at("/place").asText()).isEqualTo("ended");
  }

  @ParameterizedTest
  @CsvSource({
    "execution_security_unresolvable, ended",
    "execution_security_unrenderable, returned",
    "execution_security_receipt_unmet, returned"
  })
  void newest_clients_3_a_refusal_is_kept_and_decides(String code, String place) {
    TestWorker worker = claimed("");

    Answer failed =
        fails(
            worker,
            "\"failureMode\":\"execution-security\","
                + "\"executionSecurityRefusal\":{\"code\":\"%s\",\"dimensions\":[\"network\"]}"
                    .formatted(code));

    assertThat(failed.status()).as(failed.body()).isEqualTo(200);
    assertThat(failed.text("/session/executionSecurityRefusal/dimensions/0")).isEqualTo("network");
    assertThat(work().at("/place").asText()).isEqualTo(place);
    assertThat(work().at("/failureMode").asText()).isEqualTo("execution-security");
  }

  @ParameterizedTest
  @CsvSource({
    "execution_security_unresolvable, false",
    "execution_security_unrenderable, true",
    "execution_security_receipt_unmet, true"
  })
  void newest_clients_3_another_machine_may_get_what_one_refused(String code, boolean elsewhere) {
    TestWorker refusing = claimed("");
    TestWorker another = register();

    fails(
        refusing,
        "\"failureMode\":\"execution-security\",\"executionSecurityRefusal\":{\"code\":\"%s\"}"
            .formatted(code));

    assertThat(TestWorker.claimed(refusing.poll("?wait=0"))).isEmpty();
    assertThat(TestWorker.claimed(another.poll("?wait=0")))
        .isEqualTo(elsewhere ? List.of(tag) : List.of());
  }

  @Test
  void an_item_says_otherwise() {
    TestWorker worker = claimed(",\"retry\":{\"silent-exit\":\"now\",\"spawn-failed\":\"never\"}");

    fails(worker, "\"failureMode\":\"silent-exit\"");
    assertThat(work().at("/place").asText()).isEqualTo("ready");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    fails(worker, "\"failureMode\":\"spawn-failed\"");

    assertThat(work().at("/place").asText()).isEqualTo("ended");
  }

  @Test
  void what_a_project_says_decides() {
    project = LoginEdge.RETRIED;
    TestWorker worker = claimed("");

    fails(worker, "\"failureMode\":\"timeout\"");
    assertThat(work().at("/place").asText()).isEqualTo("ready");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(tag);
    fails(worker, "\"failureMode\":\"silent-exit\"");

    assertThat(work().at("/place").asText()).isEqualTo("ended");
  }

  @Test
  void what_an_item_says_comes_before_its_project() {
    project = LoginEdge.RETRIED;
    TestWorker worker = claimed(",\"retry\":{\"timeout\":\"never\"}");

    fails(worker, "\"failureMode\":\"timeout\"");

    assertThat(work().at("/place").asText()).isEqualTo("ended");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | retry",
        "{\"timeout\":\"often\"} | retry.timeout",
        "{\"timeout\":1} | retry.timeout",
        "{\"agent-blocked\":\"now\"} | retry.agent-blocked",
        "{\"operator-cancelled\":\"later\"} | retry.operator-cancelled",
        "{\"execution_security_unresolvable\":\"elsewhere\"} | retry.execution_security_unresolvable",
        "{\"lease-lost\":\"never\"} | retry.lease-lost",
        "{\"nacked\":\"never\"} | retry.nacked",
        "{\"%s\":\"now\"} | retry"
      })
  void what_an_item_says_is_checked(String retry, String field) {
    Answer refused =
        server().post("/api/work", API_KEY, item(",\"retry\":" + retry.formatted("x".repeat(257))));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.text("/error/field") + refused.text("/field")).contains(field);
  }

  @Test
  void a_machine_that_fails_every_run_is_quarantined_with_its_cause() {
    TestWorker worker = register();
    for (int n = 1; n <= 3; n++) {
      String id = tag + "-" + n;
      server()
          .enqueue(
              "{\"sessionId\":%s,\"prompt\":\"p\",\"projectName\":\"%s\"}"
                  .formatted(TextNode.valueOf(id), tag));
      assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
      server()
          .post(
              "/api/sessions/" + id + "/status",
              worker.token(),
              "{\"workerId\":\"%s\",\"status\":\"failed\",\"failureMode\":\"spawn-failed\"}"
                  .formatted(worker.id()));
    }

    JsonNode record = server().get("/api/workers/" + worker.id(), API_KEY).json();
    server().delete("/api/workers/" + worker.id(), API_KEY);
    assertThat(record.toString()).contains("failed 3 runs in a row, the last by spawn-failed");
  }
}
