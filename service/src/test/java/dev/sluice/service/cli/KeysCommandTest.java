package dev.sluice.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.cli.ApiStub.Call;
import dev.sluice.service.cli.ApiStub.Reply;
import dev.sluice.service.cli.TypedCommand.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

  private static final String SECRET = "rsk_live_new";

  @TempDir Path directory;

  private static final String FIRST_PAGE =
      """
      {"keys":[{"id":"key_1","type":"user","name":"ci","scopes":["work:write","fleet:read"],"projects":[]}],\
      "nextCursor":"next one"}\
      """;

  private static final String SECOND_PAGE =
      """
      {"keys":[{"id":"key_2","type":"worker-registration","name":"fleet","scopes":["worker:register"],\
      "projects":["a","b"],"createdAt":1795568455123,"mintedBy":"operator:kim",\
      "expiresAt":1798135200000}]}\
      """;

  @Test
  void theSecretOfANewKeyIsAllThatIsPrinted() throws Exception {
    try (ApiStub server =
        new ApiStub(
            call ->
                new Reply(
                    201, "{\"id\":\"key_1\",\"secret\":\"" + SECRET + "\",\"name\":\"ci\"}"))) {
      Outcome outcome =
          keys(
              server,
              "mint",
              "--name",
              "ci",
              "--scope",
              "work:write",
              "--scope",
              "fleet:read",
              "--project",
              "web");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).isEqualTo(SECRET + "\n");
      assertThat(outcome.err()).contains("key_1").contains("once").doesNotContain(SECRET);
      assertThat(server.calls())
          .containsExactly(
              new Call(
                  "POST",
                  "/api/keys",
                  "{\"name\":\"ci\",\"type\":\"user\",\"scopes\":[\"work:write\",\"fleet:read\"],"
                      + "\"projects\":[\"web\"]}",
                  null));
    }
  }

  @Test
  void keysAreListedPageByPage() throws Exception {
    try (ApiStub server =
        new ApiStub(
            call ->
                new Reply(
                    200, call.path().contains("cursor=next%20one") ? SECOND_PAGE : FIRST_PAGE))) {
      Outcome outcome = keys(server, "list");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.lines())
          .containsExactly(
              "key_1\tuser\tci\twork:write,fleet:read\t\t\t\t\t",
              "key_2\tworker-registration\tfleet\tworker:register\ta,b"
                  + "\t2026-11-25T01:00:55.123Z\toperator:kim\t2026-12-24T18:00:00Z\t");
      assertThat(keys(server, "list", "--json").lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("{"));
    }
  }

  @Test
  void aKeyMayExpire() throws Exception {
    try (ApiStub server =
        new ApiStub(call -> new Reply(201, "{\"id\":\"key_1\",\"secret\":\"s\"}"))) {
      Instant before = Instant.now();
      keys(server, "mint", "--name", "n", "--expires", "30d");
      keys(server, "mint", "--name", "n", "--expires", "2026-12-24T18:00+01:00");
      for (String wrong : List.of("30", "soon", "0d", "999999d", "2026-12-24")) {
        Outcome outcome = keys(server, "mint", "--name", "n", "--expires", wrong);
        assertThat(outcome.code()).as(wrong).isEqualTo(2);
        assertThat(outcome.err()).contains("--expires must be");
      }
      List<Call> calls = server.calls();
      assertThat(calls).hasSize(2);
      Matcher end = Pattern.compile("\"expiresAt\":\"([^\"]*)\"").matcher(calls.get(0).body());
      assertThat(end.find()).isTrue();
      assertThat(Instant.parse(end.group(1)))
          .isBetween(before.plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(30)));
      assertThat(calls.get(1).body()).contains("\"expiresAt\":\"2026-12-24T18:00+01:00\"");
    }
  }

  @Test
  void aKeyIsRevokedByItsId() throws Exception {
    try (ApiStub server =
        new ApiStub(call -> new Reply(200, "{\"revoked\":true,\"id\":\"k/1\"}"))) {
      Outcome outcome = keys(server, "revoke", "k/1");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).isEmpty();
      assertThat(server.calls()).containsExactly(new Call("DELETE", "/api/keys/k%2F1", "", null));
    }
  }

  @Test
  void whatIsRefusedIsCodeOne() throws Exception {
    try (ApiStub server =
        new ApiStub(call -> new Reply(404, "{\"error\":\"e\",\"message\":\"Key not found\"}"))) {
      for (String[] arguments :
          new String[][] {{"list"}, {"revoke", "key_1"}, {"mint", "--name", "n"}}) {
        Outcome outcome = keys(server, arguments);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("404: Key not found");
        assertThat(outcome.out()).isEmpty();
      }
    }
  }

  @Test
  void badUsageIsCodeTwoAndMakesNoCall() throws Exception {
    try (ApiStub server = new ApiStub(call -> new Reply(200, "{}"))) {
      for (String[] arguments : new String[][] {{"revoke"}, {"list", "key_1"}, {"mint"}}) {
        assertThat(keys(server, arguments).code()).isEqualTo(2);
      }
      assertThat(server.calls()).isEmpty();
    }
  }

  private Outcome keys(ApiStub server, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--url", server.url()));
    all.addAll(List.of(arguments));
    return new TypedCommand(KeysCommand::new, directory.resolve("credentials.env"))
        .run(all.toArray(String[]::new));
  }
}
