package dev.sluice.service.http.producer;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The member {@code executionSecurity}: docs/protocol.md, "Execution security". */
public abstract class ExecutionSecurityContract {

  private static final String NAME = "executionSecurity";

  private static final String LEVELS =
      "{\"toolApproval\":\"bypass\",\"fileRead\":\"host\",\"fileWrite\":\"host\","
          + "\"network\":\"open\",\"credentials\":\"ambient-host-login\","
          + "\"isolation\":\"host-user\"}";

  private static final String STRONGEST =
      "{\"isolation\":\"microvm\",\"credentials\":\"short-lived-scoped\",\"network\":\"none\","
          + "\"fileWrite\":\"workarea\",\"fileRead\":\"workarea\","
          + "\"toolApproval\":\"human-approval-for-writes\"}";

  /** The digest of {@link #LEVELS} in the client's specification. */
  private static final String DIGEST =
      "sha256:7a648e38b88ab49be6eb837709b6905be87abaa9e36dadbdf97bb56324a4ebe9";

  private static final Map<String, List<String>> LADDERS =
      Map.of(
          "toolApproval", List.of("bypass", "deny-list", "allow-list", "human-approval-for-writes"),
          "fileRead", List.of("host", "home-minus-secrets", "workarea"),
          "fileWrite", List.of("host", "workarea"),
          "network", List.of("open", "logged", "allow-list", "none"),
          "credentials", List.of("ambient-host-login", "injected-only", "short-lived-scoped"),
          "isolation", List.of("host-user", "os-sandbox", "container", "microvm"));

  protected abstract SluiceServer server();

  @Test
  void newest_clients_3_right_levels_come_back_byte_for_byte() {
    for (String right :
        List.of(
            with(""),
            "{\"version\" : 1,\"levels\":" + STRONGEST + "}",
            with(",\"digest\":\"" + DIGEST + "\""),
            with(",\"sources\":{}"),
            with(",\"sources\":{\"isolation\":\"\",\"network\":\"any \\u00fc\"}"),
            with(",\"parentSessionId\":\"p\",\"rulesetRevision\":\"r\",\"resolvedAt\":\"soon\""),
            with(",\"digest\":null,\"sources\":null,\"parentSessionId\":null"))) {
      roundTrip("\"executionSecurity\":" + right);
    }
    roundTrip("\"other\":1");
  }

  @Test
  void everyLevelOfEachLadderIsRight() {
    LADDERS.forEach(
        (dimension, ladder) -> {
          for (String level : ladder) {
            String item = withLevels(levelsWith(dimension, "\"" + level + "\""));
            Answer answer = enqueue(NAME, item);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            server().delete("/api/work/" + answer.text("/sessionId"), API_KEY);
          }
        });
  }

  @Test
  void newest_clients_3_a_wrong_member_is_refused_by_its_path() {
    for (String wrong : List.of("null", "5", "\"x\"", "true", "[]", "[{}]")) {
      refused(wrong, NAME, "must be an object");
    }
    for (String wrong : List.of("null", "0", "2", "1.0", "1e0", "\"1\"", "true", "{}", "[1]")) {
      refused(with("").replace("\"version\":1", "\"version\":" + wrong), ".version", "must be 1");
    }
    refused("{\"levels\":" + LEVELS + "}", ".version", "must be 1");
    refused("{\"version\":1}", ".levels", "must be an object");
    for (String wrong : List.of("null", "5", "\"host\"", "[]", "true")) {
      refused(withLevels(wrong), ".levels", "must be an object");
    }
    LADDERS.forEach(
        (dimension, ladder) -> {
          String path = ".levels." + dimension;
          String problem = "must be " + String.join(", ", ladder);
          int last = problem.lastIndexOf(", ");
          problem = problem.substring(0, last) + " or" + problem.substring(last + 1);
          for (String wrong :
              List.of("null", "0", "\"\"", "\"chroot\"", "true", "[]", "{}", "\"Host\"")) {
            refused(withLevels(levelsWith(dimension, wrong)), path, problem);
          }
          String without = LEVELS.replaceFirst(",?\"" + dimension + "\":[^,}]*", "");
          refused(withLevels(without.replace("{,", "{")), path, problem);
          String upper = dimension.toUpperCase(Locale.ROOT);
          refused(
              withLevels(LEVELS.replace("\"" + dimension + "\"", "\"" + upper + "\"")),
              ".levels." + upper,
              "is unknown");
        });
    refused(withLevels(LEVELS.replace("}", ",\"disk\":\"host\"}")), ".levels.disk", "is unknown");
    for (String wrong : List.of("5", "\"x\"", "[]", "true")) {
      refused(with(",\"sources\":" + wrong), ".sources", "must be an object");
    }
    refused(with(",\"sources\":{\"disk\":\"org\"}"), ".sources.disk", "is unknown");
    refused(with(",\"sources\":{\"Network\":\"org\"}"), ".sources.Network", "is unknown");
    for (String wrong : List.of("5", "{}", "[]", "false")) {
      refused(
          with(",\"sources\":{\"network\":" + wrong + "}"), ".sources.network", "must be a string");
    }
    String unequal = "must be that of the levels, or absent";
    for (String wrong :
        List.of(
            DIGEST.replace("7a64", "7a65"),
            DIGEST.toUpperCase(Locale.ROOT),
            DIGEST.substring("sha256:".length()),
            DIGEST + " ")) {
      refused(with(",\"digest\":\"" + wrong + "\""), ".digest", unequal);
    }
    for (String member : List.of("digest", "parentSessionId", "rulesetRevision", "resolvedAt")) {
      for (String wrong : List.of("5", "{}", "[]", "true", "\"\"", "\" \\u00a0\\n\"")) {
        refused(
            with(",\"" + member + "\":" + wrong), "." + member, "must be a string, and not blank");
      }
    }
    refused(with(",\"profile\":1"), ".profile", "is unknown");
    refused(with(",\"Version\":1"), ".Version", "is unknown");
    refused(with(",\"DIGEST\":null"), ".DIGEST", "is unknown");
  }

  @Test
  void newest_clients_3_a_member_given_twice_is_refused() {
    for (String twice :
        List.of(
            with(",\"version\":1"),
            withLevels(LEVELS.replace("}", ",\"network\":\"none\"}")),
            with(",\"sources\":{\"network\":\"a\",\"network\":\"b\"}"))) {
      Answer answer = enqueue(NAME, twice);
      assertThat(answer.status()).as(twice).isEqualTo(400);
      assertThat(answer.text("/error")).endsWith("is given more than once");
    }
    Answer misspelt = enqueue("ExecutionSecurity", with(""));
    assertThat(misspelt.status()).isEqualTo(400);
    assertThat(misspelt.text("/field")).isEqualTo("ExecutionSecurity");
    assertThat(misspelt.text("/error")).endsWith("must be spelled executionSecurity");
  }

  @Test
  void anItemOfABulkIsRefusedAlone() {
    String id = "secured-" + System.nanoTime();
    String good = "{\"sessionId\":\"" + id + "\",\"prompt\":\"p\",\"executionSecurity\":";
    String wrong = "{\"prompt\":\"p\",\"executionSecurity\":";
    Answer answer =
        server()
            .post(
                "/api/work",
                API_KEY,
                "{\"items\":["
                    + (wrong + withLevels(levelsWith("isolation", "\"chroot\"")) + "},")
                    + (good + with("") + "}]}"));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().get("results");
    assertThat(results.at("/0/status").asInt()).isEqualTo(400);
    assertThat(results.at("/0/field").asText()).isEqualTo("executionSecurity.levels.isolation");
    assertThat(results.at("/1/sessionId").asText()).isEqualTo(id);
    server().delete("/api/work/" + id, API_KEY);
  }

  @Test
  void aSealHasItTooOrNeitherHasIt() {
    String member = ",\"executionSecurity\":" + with("");
    Answer both = server().post("/api/work", API_KEY, sealed(member, member));
    assertThat(both.status()).as(both.body()).isEqualTo(201);
    server().delete("/api/work/" + both.text("/sessionId"), API_KEY);

    String payload = "operationalPayload";
    refusedItem(sealed(member, ""), payload);
    refusedItem(sealed("", member), payload);
    refusedItem(sealed(member, member.replace("host-user", "microvm")), payload);
    String wrong = member.replace("host-user", "chroot");
    refusedItem(sealed(wrong, wrong), "executionSecurity.levels.isolation");
    refusedItem(
        sealed(member, member.replace("\"version\":1", "\"version\":1.0")),
        payload + ".executionSecurity.version");
  }

  private static String sealed(String members, String inSeal) {
    String both =
        "\"sessionId\":\"secured-%s\",\"issueId\":\"i\",\"issueIdentifier\":\"i\",\"priority\":3,"
                .formatted(System.nanoTime())
            + "\"queuedAt\":5";
    return "{" + both + members + ",\"operationalPayload\":{" + both + inSeal + "}}";
  }

  private static String with(String members) {
    return "{\"version\":1,\"levels\":" + LEVELS + members + "}";
  }

  private static String withLevels(String levels) {
    return "{\"version\":1,\"levels\":" + levels + "}";
  }

  private static String levelsWith(String dimension, String level) {
    return LEVELS.replaceFirst("(\"" + dimension + "\":)\"[^\"]*\"", "$1" + level);
  }

  private Answer enqueue(String name, String value) {
    return server().post("/api/work", API_KEY, "{\"prompt\":\"p\",\"" + name + "\":" + value + "}");
  }

  private void refused(String value, String path, String problem) {
    String field = path.equals(NAME) ? path : NAME + path;
    Answer answer = enqueue(NAME, value);
    assertThat(answer.status()).as(value).isEqualTo(400);
    assertThat(answer.text("/field")).as(value).isEqualTo(field);
    assertThat(answer.text("/error")).isEqualTo(field + " " + problem);
  }

  private void refusedItem(String item, String field) {
    Answer answer = server().post("/api/work", API_KEY, item);
    assertThat(answer.status()).as(item).isEqualTo(400);
    assertThat(answer.text("/field")).isEqualTo(field);
  }

  private void roundTrip(String member) {
    String id = "secured-" + System.nanoTime();
    String whole =
        "{\"sessionId\":\"%s\",\"projectName\":\"%1$s\",\"issueIdentifier\":\"ENG-1\","
                .formatted(id)
            + "\"issueId\":\""
            + id
            + "\",\"priority\":3,\"queuedAt\":1767225600000,"
            + member
            + "}";
    server().enqueue(whole);
    TestWorker worker =
        server().register("{\"hostname\":\"h\",\"hostInfo\":{},\"projects\":[\"" + id + "\"]}");
    assertThat(worker.poll().body()).contains(member);
    worker.report(id, "completed");
  }
}
