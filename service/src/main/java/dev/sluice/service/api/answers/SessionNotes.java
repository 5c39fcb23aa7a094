package dev.sluice.service.api.answers;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.service.api.ActivityText;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Progress, completion, tool errors and links of a session. All are stored as activities; a summary
 * and links also in the session's record.
 */
public final class SessionNotes {

  private static final int MAX_ENTRIES = 200;

  private static final List<String> PLAN_STATES =
      List.of("pending", "inProgress", "completed", "canceled");

  private static final String MILESTONE = "milestone";
  private static final String SUMMARY = "summary";
  private static final String PLAN_ITEMS = "planItems";
  private static final String EVENT = "event";
  private static final String CONTEXT = "context";
  private static final String WORKSPACE_ID = "workspaceId";

  private SessionNotes() {}

  public record Progress(NewActivity activity, @Nullable String milestone) {}

  public static Progress progress(JsonBody body) {
    String message = requiredJson(body, "message");
    @Nullable String milestone = body.name(MILESTONE);
    return new Progress(
        new NewActivity("progress", text(body, "message", message, MILESTONE)), milestone);
  }

  public static NewActivity completion(JsonBody body) {
    String summary = requiredJson(body, SUMMARY);
    if (body.has(PLAN_ITEMS)) {
      eachEntry(body, PLAN_ITEMS, SessionNotes::requirePlanItem);
    }
    return new NewActivity(
        "completion", text(body, SUMMARY, summary, PLAN_ITEMS), null, field(SUMMARY, summary));
  }

  public static NewActivity toolError(JsonBody body) {
    body.requiredName(ActivityText.TOOL_NAME);
    String problem = requiredJson(body, "errorMessage");
    body.require(CONTEXT, JsonNodeType.OBJECT, "must be an object");
    return new NewActivity(
        "tool-error", text(body, "errorMessage", problem, ActivityText.TOOL_NAME, CONTEXT));
  }

  /** The links replace earlier ones. */
  public static NewActivity externalUrls(JsonBody body) {
    String name = SessionObject.EXTERNAL_URLS;
    body.string(WORKSPACE_ID);
    StringBuilder shown = new StringBuilder();
    eachEntry(
        body,
        name,
        link -> {
          String label = required(link, "label");
          String url = required(link, "url");
          requireWebAddress(link);
          shown.append(shown.isEmpty() ? "" : "\n").append(label).append(' ').append(url);
        });
    return new NewActivity(
        "external-urls",
        text(body, name, TextNode.valueOf(shown.toString()).toString(), name, WORKSPACE_ID),
        null,
        field(name, String.valueOf(body.raw(name))));
  }

  public static NewActivity securityScan(JsonBody body) {
    if (!body.has(EVENT)) {
      throw ApiException.invalid(EVENT, "is required");
    }
    body.require(EVENT, JsonNodeType.OBJECT, "must be an object");
    return new NewActivity("security-scan", text(body, EVENT, "\"Security scan\"", EVENT));
  }

  /** A comment on the issue of a session. */
  public static NewActivity comment(String argument, String text) {
    return new NewActivity("comment", content(argument, text));
  }

  /** The status that a worker gives the issue of its session; stored also in the record. */
  public static NewActivity issueStatus(String argument, String name) {
    return new NewActivity(
        "issue-status",
        content(argument, name),
        null,
        field(TrackerAnswer.STATUS, TextNode.valueOf(name).toString()));
  }

  private static String content(String argument, String text) {
    if (text.isEmpty()) {
      throw ApiException.invalid(argument, "has an empty text");
    }
    String json = TextNode.valueOf(text).toString();
    String content = "{\"" + ActivityText.CONTENT + "\":" + json + '}';
    ActivityText.requireShort(argument, content);
    return content;
  }

  private static void requirePlanItem(JsonBody item) {
    required(item, "title");
    @Nullable String state = item.string("state");
    if (state == null || !PLAN_STATES.contains(state)) {
      throw ApiException.invalid("state", "must be one of: " + String.join(", ", PLAN_STATES));
    }
  }

  /** Pages show it as a link, so it must be http or https. */
  private static void requireWebAddress(JsonBody link) {
    String url = String.valueOf(link.string("url"));
    try {
      URI address = new URI(url);
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() != null
          && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
        return;
      }
    } catch (URISyntaxException e) {
      // answered below
    }
    throw ApiException.invalid("url", "must be an address that begins with http:// or https://");
  }

  private static void eachEntry(JsonBody body, String name, Consumer<JsonBody> check) {
    if (!body.has(name)) {
      throw ApiException.invalid(name, "is required");
    }
    for (String entry : body.elements(name, 0, MAX_ENTRIES)) {
      try {
        check.accept(JsonBody.parse(entry));
      } catch (ApiException e) {
        throw ApiException.invalid(
            name,
            "body".equals(e.field())
                ? "must be an array of objects"
                : "is wrong: " + e.getMessage());
      }
    }
  }

  private static String requiredJson(JsonBody body, String name) {
    required(body, name);
    return String.valueOf(body.raw(name));
  }

  private static String required(JsonBody body, String name) {
    @Nullable String value = body.string(name);
    if (value == null || value.isEmpty()) {
      throw ApiException.invalid(name, "is required");
    }
    return value;
  }

  private static String text(JsonBody body, String whole, String content, String... others) {
    ActivityText.requireShort(whole, content);
    Map<String, String> kept = new LinkedHashMap<>();
    kept.put(ActivityText.CONTENT, content);
    kept.putAll(body.raw(List.of(others)));
    return ActivityText.of(whole, body, kept);
  }

  private static SortedMap<String, String> field(String name, String json) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(name, json)));
  }
}
