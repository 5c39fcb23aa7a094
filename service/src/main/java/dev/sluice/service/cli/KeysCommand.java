package dev.sluice.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code keys}: {@code mint} prints only the secret to standard output, once. */
public final class KeysCommand extends ApiCommand {

  private static final String PATH = "/api/keys";
  private static final Pattern SPAN = Pattern.compile("[1-9][0-9]{0,4}[mhd]");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public KeysCommand() {
    this(Surroundings.ofJvm());
  }

  KeysCommand(Surroundings around) {
    super("keys", "Lists, mints and revokes keys", around);
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser.addArgument("action").choices("list", "mint", "revoke").help("the action");
    parser.addArgument("id").nargs("?").help("id of the key to revoke");
    parser.addArgument("--name").metavar("NAME").help("mint: name of the key");
    parser
        .addArgument("--type")
        .metavar("TYPE")
        .help("mint: user, or worker-registration (default user)")
        .setDefault("user");
    parser
        .addArgument("--scope")
        .metavar("SCOPE")
        .action(Arguments.append())
        .help("mint: scope to grant (repeatable)");
    parser
        .addArgument("--project")
        .metavar("NAME")
        .action(Arguments.append())
        .help("mint: project that the key is limited to (repeatable)");
    parser
        .addArgument("--expires")
        .metavar("WHEN")
        .help("mint: a duration like 30d or 12h, or a time like 2026-12-24T18:00:00Z");
  }

  @Override
  int call(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    @Nullable String id = typed.getString("id");
    String action = typed.getString("action");
    if (action.equals("revoke") != (id != null)) {
      throw new UsageException(
          action.equals("revoke") ? "revoke needs the key's id" : action + " takes no id");
    }
    if (id != null) {
      return revoke(client, id, typed.getBoolean("json"));
    }
    return action.equals("list") ? list(client, typed.getBoolean("json")) : mint(client, typed);
  }

  private int list(ApiClient client, boolean json) throws IOException, InterruptedException {
    String cursor = "";
    do {
      String query = cursor.isEmpty() ? "" : "?cursor=" + ApiClient.encoded(cursor);
      WireAnswer answer = client.call("GET", PATH + query, "", Map.of());
      if (!answer.ok()) {
        return refused("list", answer);
      }
      JsonNode page = MAPPER.readTree(answer.body());
      if (json) {
        out().println(answer.text());
      } else {
        page.path("keys").forEach(key -> out().println(line(key)));
      }
      cursor = page.path("nextCursor").asText();
    } while (!cursor.isEmpty());
    return DONE;
  }

  private int mint(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    @Nullable String name = typed.getString("name");
    if (name == null) {
      throw new UsageException("mint needs a --name");
    }
    ObjectNode body =
        MAPPER.createObjectNode().put("name", name).put("type", typed.getString("type"));
    put(body, "scopes", typed.getList("scope"));
    put(body, "projects", typed.getList("project"));
    @Nullable String expires = typed.getString("expires");
    if (expires != null) {
      body.put("expiresAt", end(expires));
    }
    WireAnswer answer = client.call("POST", PATH, body.toString(), Map.of());
    if (!answer.ok()) {
      return refused("mint", answer);
    }
    JsonNode minted = MAPPER.readTree(answer.body());
    out().println(typed.getBoolean("json") ? answer.text() : minted.path("secret").asText());
    tell(minted.path("id").asText() + " was minted; its secret is shown this once");
    return DONE;
  }

  private int revoke(ApiClient client, String id, boolean json)
      throws IOException, InterruptedException {
    WireAnswer answer = client.call("DELETE", PATH + "/" + ApiClient.encoded(id), "", Map.of());
    if (!answer.ok()) {
      return refused("revoke", answer);
    }
    if (json) {
      out().println(answer.text());
    }
    tell(id + " was revoked");
    return DONE;
  }

  /** A duration counts from now. */
  private static String end(String typed) throws UsageException {
    try {
      return SPAN.matcher(typed).matches()
          ? Instant.now()
              .plus(Duration.parse((typed.endsWith("d") ? "P" : "PT") + typed))
              .truncatedTo(ChronoUnit.SECONDS)
              .toString()
          : OffsetDateTime.parse(typed).toString();
    } catch (DateTimeException e) {
      throw new UsageException(
          "--expires must be a duration like 30d or 12h, or a time like 2026-12-24T18:00:00Z");
    }
  }

  private static void put(ObjectNode body, String name, @Nullable List<String> values) {
    if (values != null) {
      ArrayNode array = body.putArray(name);
      values.forEach(array::add);
    }
  }

  private static String line(JsonNode key) {
    List<String> fields = new ArrayList<>();
    for (String name : List.of("id", "type", "name")) {
      fields.add(key.path(name).asText());
    }
    for (String name : List.of("scopes", "projects")) {
      List<String> values = new ArrayList<>();
      key.path(name).forEach(value -> values.add(value.asText()));
      fields.add(String.join(",", values));
    }
    for (String name : List.of("createdAt", "mintedBy", "expiresAt", "lastUsedAt")) {
      JsonNode value = key.path(name);
      fields.add(
          value.isNumber() ? Instant.ofEpochMilli(value.asLong()).toString() : value.asText());
    }
    return String.join("\t", fields);
  }
}
