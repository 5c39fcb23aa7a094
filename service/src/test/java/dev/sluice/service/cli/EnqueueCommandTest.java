package dev.sluice.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.service.cli.ApiStub.Call;
import dev.sluice.service.cli.ApiStub.Reply;
import dev.sluice.service.cli.TypedCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnqueueCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path directory;

  private final List<Long> pauses = new ArrayList<>();

  @Test
  void aPromptIsEnoughAndTheIdIsPrinted() throws Exception {
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      Outcome outcome = enqueue(server, "--prompt", "Say \"h\u00e9\"");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).isEqualTo("ses_1\n");
      assertThat(server.calls())
          .containsExactly(
              new Call("POST", "/api/work", "{\"prompt\":\"Say \\\"h\u00e9\\\"\"}", null));
    }
  }

  @Test
  void everyOptionIsAMemberOfTheItem() throws Exception {
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      Outcome outcome =
          enqueue(
              server,
              ("--prompt p --id s --issue i --project web --priority 2 --capability a"
                      + " --capability b --idempotency-key k")
                  .split(" "));
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(server.calls().get(0).body())
          .isEqualTo(
              "{\"prompt\":\"p\",\"sessionId\":\"s\",\"issueId\":\"i\",\"projectName\":\"web\","
                  + "\"priority\":2,\"requiredCapabilities\":[\"a\",\"b\"]}");
      assertThat(server.calls().get(0).idempotencyKey()).isEqualTo("k");
    }
  }

  @Test
  void itemsOfAFileGoAsTheyAreWritten() throws Exception {
    String first = "{ \"prompt\": \"a\", \"n\": 1.50, \"big\": 12345678901234567890 }";
    String second = "{\"prompt\":\"b\",\"projectName\":\"own\"}";
    for (String text :
        List.of("[" + first + " , " + second + "]", first + "\n" + second + "\n", first + second)) {
      try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
        Path file = Files.writeString(directory.resolve("items.json"), text);
        Outcome outcome = enqueue(server, "--file", file.toString(), "--project", "web");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.lines()).containsExactly("ses_1", "ses_2");
        assertThat(server.calls().get(0).body())
            .isEqualTo(
                "{\"items\":["
                    + first.replace(" }", " ,\"projectName\":\"web\"}")
                    + ","
                    + second
                    + "]}");
      }
    }
  }

  @Test
  void standardInputIsReadAndRequestsHoldAThousandItems() throws Exception {
    String lines =
        IntStream.range(0, 2_001)
            .mapToObj(i -> "{\"prompt\":\"" + i + "\"}")
            .collect(Collectors.joining("\n"));
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      Outcome outcome =
          command()
              .input(lines)
              .run("--url", server.url(), "--file", "-", "--idempotency-key", "k");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.lines()).hasSize(2_001);
      assertThat(server.calls())
          .extracting(Call::idempotencyKey)
          .containsExactly("k", "k-2", "k-3");
      assertThat(MAPPER.readTree(server.calls().get(1).body()).path("items")).hasSize(1_000);
    }
  }

  @Test
  void bodiesStayBelowWhatTheServerTakes() throws Exception {
    String big = "{\"prompt\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}";
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      Outcome outcome =
          command()
              .input("[" + big + "," + big + "," + big + "]")
              .run("--url", server.url(), "--file", "-");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(server.calls()).hasSize(2);
    }
  }

  @Test
  void aRefusedItemIsToldWithItsNumberAndReason() throws Exception {
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      Outcome outcome =
          command()
              .input("{\"prompt\":\"a\"} {\"refuse\":\"it\"} {\"prompt\":\"c\"}")
              .run("--url", server.url(), "--file", "-");
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.lines()).containsExactly("ses_1", "ses_3");
      assertThat(outcome.err()).isEqualTo("enqueue: item 2 was refused: prompt is required\n");
    }
    try (ApiStub server =
        new ApiStub(call -> new Reply(409, "{\"error\":\"e\",\"message\":\"is taken\"}"))) {
      Outcome outcome = enqueue(server, "--prompt", "p");
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("item 1 answered 409: is taken");
      assertThat(outcome.out()).isEmpty();
    }
  }

  @Test
  void programsReadTheAnswersAsTheyCame() throws Exception {
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      Outcome outcome = enqueue(server, "--prompt", "p", "--json");
      JsonNode answer = MAPPER.readTree(outcome.out());
      assertThat(answer.path("position").asInt()).isEqualTo(1);
    }
  }

  @Test
  void itWaitsForTheEndWithoutAskingAllTheTime() throws Exception {
    int[] asked = {0};
    try (ApiStub server =
        new ApiStub(
            call -> {
              if (call.method().equals("POST")) {
                return accept(call);
              }
              boolean over = ++asked[0] == 3;
              return new Reply(
                  200,
                  over
                      ? "{\"place\":\"ended\",\"state\":\"completed\",\"result\":{\"summary\":\"ok\"}}"
                      : "{\"place\":\"claimed\",\"state\":\"running\"}");
            })) {
      Outcome outcome = enqueue(server, "--prompt", "p", "--wait");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).isEqualTo("ses_1\tcompleted\t{\"summary\":\"ok\"}\n");
      assertThat(outcome.err()).isEqualTo("enqueue: ses_1 pending\n");
      assertThat(server.calls().get(1).path()).isEqualTo("/api/work/ses_1?wait=20");
      assertThat(pauses).hasSize(2).allMatch(ms -> ms > 0 && ms <= 1_000);
    }
  }

  @Test
  void whatDidNotComeToAGoodEndIsCodeOne() throws Exception {
    try (ApiStub server =
        new ApiStub(
            call ->
                call.method().equals("POST")
                    ? accept(call)
                    : new Reply(200, "{\"place\":\"dead\",\"state\":\"failed\"}"))) {
      Outcome outcome = enqueue(server, "--prompt", "p", "--wait");
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).startsWith("ses_1\tfailed\t");
    }
  }

  @Test
  void badUsageIsCodeTwoAndMakesNoCall() throws Exception {
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      for (String arguments :
          List.of(
              "--project web",
              "--prompt p --file f",
              "--file - --id s",
              "--file /nowhere/items.json",
              "--prompt p --idempotency-key \u00e9",
              "--prompt p --url ftp://host",
              "--prompt p --credentials /nowhere/credentials.env")) {
        List<String> all = new ArrayList<>(List.of("--url", server.url()));
        all.addAll(List.of(arguments.split(" ")));
        Outcome outcome =
            arguments.contains("credentials")
                ? command().environment(Map.of()).run(all.toArray(String[]::new))
                : command().run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(arguments + outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("enqueue: ");
      }
      for (String input : List.of("", "[]", "7", "[1]", "{\"prompt\":", "prompt")) {
        Outcome outcome = command().input(input).run("--url", server.url(), "--file", "-");
        assertThat(outcome.code()).as(input).isEqualTo(2);
      }
      assertThat(server.calls()).isEmpty();
    }
  }

  @Test
  void aServerThatIsAwayIsCodeThree() throws Exception {
    Outcome nobody = command().run("--url", "http://127.0.0.1:1", "--prompt", "p");
    assertThat(nobody.code()).isEqualTo(3);
    assertThat(nobody.err()).contains("http://127.0.0.1:1 doesn't answer");
    try (ApiStub server =
        new ApiStub(call -> new Reply(503, "{\"error\":\"e\",\"message\":\"store away\"}"))) {
      Outcome outcome = enqueue(server, "--prompt", "p");
      assertThat(outcome.code()).isEqualTo(3);
      assertThat(outcome.err()).contains("503: store away");
    }
  }

  @Test
  void theKeyComesFromOptionEnvironmentOrFileAndIsNeverPrinted() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("credentials.env"), "SLUICE_API_KEY=" + ApiStub.KEY + "\n");
    try (ApiStub server = new ApiStub(EnqueueCommandTest::accept)) {
      String[] prompt = {"--url", server.url(), "--prompt", "p"};
      assertThat(command().environment(Map.of()).run(prompt).code()).isZero();
      assertThat(
              command()
                  .environment(Map.of("SLUICE_API_KEY", "rsk_live_wrong"))
                  .run("--url", server.url(), "--prompt", "p", "--key", ApiStub.KEY)
                  .code())
          .isZero();
      Outcome wrong = command().environment(Map.of("SLUICE_API_KEY", "rsk_live_wrong")).run(prompt);
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err()).contains("401: bad key");
      assertThat(wrong.out() + wrong.err()).doesNotContain("rsk_live_");
      Files.delete(file);
      assertThat(command().environment(Map.of()).run(prompt).code()).isEqualTo(2);
    }
  }

  private Outcome enqueue(ApiStub server, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--url", server.url()));
    all.addAll(List.of(arguments));
    return command().run(all.toArray(String[]::new));
  }

  private TypedCommand command() {
    return new TypedCommand(
        around -> new EnqueueCommand(around, pauses::add), directory.resolve("credentials.env"));
  }

  /** Refuses items with a member "refuse". */
  private static Reply accept(Call call) {
    try {
      JsonNode body = MAPPER.readTree(call.body());
      if (!body.has("items")) {
        return new Reply(201, accepted(1));
      }
      List<String> results = new ArrayList<>();
      for (JsonNode item : body.path("items")) {
        results.add(
            item.has("refuse")
                ? "{\"status\":400,\"error\":\"e\",\"message\":\"prompt is required\"}"
                : accepted(results.size() + 1));
      }
      return new Reply(200, "{\"results\":[" + String.join(",", results) + "]}");
    } catch (IOException e) {
      return new Reply(400, "{\"error\":\"e\",\"message\":\"no JSON\"}");
    }
  }

  private static String accepted(int n) {
    return "{\"sessionId\":\"ses_" + n + "\",\"state\":\"pending\",\"position\":" + n + "}";
  }
}
