package dev.sluice.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code enqueue}: prints the id of each accepted item. A refused item is reported on standard
 * error by number and reason, with exit code {@value ApiCommand#REFUSED}.
 */
public final class EnqueueCommand extends ApiCommand {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SessionFollower.Pause pause;

  public EnqueueCommand() {
    this(Surroundings.ofJvm(), Thread::sleep);
  }

  EnqueueCommand(Surroundings around, SessionFollower.Pause pause) {
    super("enqueue", "Enqueues work items", around);
    this.pause = pause;
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser.addArgument("--prompt").metavar("TEXT").help("one item with this prompt");
    parser
        .addArgument("--file")
        .metavar("FILE")
        .help("items as JSON: an object, an array, or one object a line; - reads standard input");
    parser.addArgument("--project").metavar("NAME").help("project of items without one");
    parser
        .addArgument("--priority")
        .metavar("N")
        .type(Integer.class)
        .help("priority of items without one: 1 to 9, lower goes first");
    parser
        .addArgument("--capability")
        .metavar("NAME")
        .action(Arguments.append())
        .help("required capability of items without any (repeatable)");
    parser.addArgument("--id").metavar("ID").help("session id, with --prompt");
    parser.addArgument("--issue").metavar("ID").help("issue id, with --prompt");
    parser
        .addArgument("--idempotency-key")
        .metavar("KEY")
        .help("makes the command safe to repeat; a second request uses KEY-2");
    parser
        .addArgument("--wait")
        .action(Arguments.storeTrue())
        .help(
            "wait for the end of each item and print its result; exit code 1 unless all completed");
  }

  @Override
  int call(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    List<String> items = EnqueueItems.read(typed, in());
    List<String> accepted = new ArrayList<>();
    int code = DONE;
    int from = 0;
    for (int request = 1; from < items.size() && code != UNREACHABLE; request++) {
      int to = EnqueueItems.endOfRequest(items, from);
      Map<String, String> headers = headers(typed.getString("idempotency_key"), request);
      code = Math.max(code, send(client, typed, items.subList(from, to), from, headers, accepted));
      from = to;
    }
    if (code != UNREACHABLE && typed.getBoolean("wait")) {
      return Math.max(
          code,
          new SessionFollower(client, this, pause).follow(accepted, typed.getBoolean("json")));
    }
    return code;
  }

  private int send(
      ApiClient client,
      Namespace typed,
      List<String> items,
      int before,
      Map<String, String> headers,
      List<String> accepted)
      throws IOException, InterruptedException {
    boolean alone = items.size() == 1;
    String body = alone ? items.get(0) : "{\"items\":[" + String.join(",", items) + "]}";
    WireAnswer answer = client.call("POST", "/api/work", body, headers);
    if (!answer.ok()) {
      String which =
          alone
              ? "item " + (before + 1)
              : "items " + (before + 1) + " to " + (before + items.size());
      return refused(which, answer);
    }
    if (typed.getBoolean("json") && !typed.getBoolean("wait")) {
      out().println(answer.text());
    }
    JsonNode read = MAPPER.readTree(answer.body());
    List<JsonNode> results = new ArrayList<>();
    (alone ? List.of(read) : read.path("results")).forEach(results::add);
    int code = DONE;
    for (int i = 0; i < results.size(); i++) {
      code = Math.max(code, tell(typed, results.get(i), before + i + 1, accepted));
    }
    return code;
  }

  private int tell(Namespace typed, JsonNode result, int number, List<String> accepted) {
    if (!result.has("state")) {
      tell("item " + number + " was refused: " + result.path("message").asText());
      return REFUSED;
    }
    String id = result.path("sessionId").asText();
    accepted.add(id);
    if (typed.getBoolean("wait")) {
      tell(id + " " + result.path("state").asText());
    } else if (!typed.getBoolean("json")) {
      out().println(id);
    }
    return DONE;
  }

  private static Map<String, String> headers(@Nullable String key, int request)
      throws UsageException {
    if (key == null) {
      return Map.of();
    }
    if (key.isEmpty() || !key.chars().allMatch(each -> each > 0x20 && each < 0x7f)) {
      throw new UsageException("--idempotency-key takes visible ASCII characters only");
    }
    return Map.of("Idempotency-Key", request == 1 ? key : key + "-" + request);
  }
}
