package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.Json.isInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Score;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The item of a session, and the parts of it that the store needs.
 *
 * @param text the item, byte for byte as it was unless workers could not decode it
 */
record ImportedItem(
    String issueId,
    String issueIdentifier,
    String project,
    int priority,
    long queuedAt,
    String text) {

  private static final double BAND = 1e13;
  private static final long DAY_MS = 86_400_000;
  private static final int USUAL_PRIORITY = 3;

  private static final String PRIORITY = "priority";
  private static final String QUEUED_AT = "queuedAt";
  private static final String SESSION_ID = "sessionId";
  private static final String ISSUE_ID = "issueId";
  private static final String ISSUE_IDENTIFIER = "issueIdentifier";
  private static final String PROJECT = "projectName";

  /** A worker that finds another type in one of these can't read the whole poll answer. */
  private static final List<String> TEXTS =
      List.of(
          "prompt",
          "workType",
          PROJECT,
          "providerSessionId",
          "sourceSessionId",
          "model",
          "subAgentModel");

  private static final String ENVELOPE = "tenantEnvelope";
  private static final String OLD_RESUME_ID = "claudeSessionId";

  /**
   * Lists members that had to change.
   *
   * @param id a valid name
   * @param item null for an item made of the session, as the other server does for a lost one
   * @param session null only if there is an item
   * @return null if its project is no valid name
   */
  static @Nullable ImportedItem of(
      String id,
      @Nullable SourceItem item,
      @Nullable SourceSession session,
      long now,
      Findings findings) {
    ObjectNode stored = item == null ? null : item.json();
    ObjectNode json = stored == null ? ofSession(session) : stored.deepCopy();
    Set<String> changed = new TreeSet<>();
    if (item != null) {
      json.remove(item.origin().added());
    }
    if (json.has(OLD_RESUME_ID) && !json.has("providerSessionId")) {
      json.set("providerSessionId", json.remove(OLD_RESUME_ID));
      changed.add(OLD_RESUME_ID);
    }
    for (String text : TEXTS) {
      removeUnless(json, text, JsonNode::isTextual, changed);
    }
    removeUnless(json, ENVELOPE, JsonNode::isObject, changed);

    String project = project(json);
    if (Names.problem(project) != null) {
      return null;
    }
    if (!id.equals(Json.text(json, SESSION_ID))) {
      json.put(SESSION_ID, id);
      changed.add(SESSION_ID);
    }
    String issue = Json.name(json, ISSUE_ID);
    if (issue == null) {
      String known = session == null ? null : session.issue();
      issue = known == null ? id : known;
      json.put(ISSUE_ID, issue);
      changed.add(ISSUE_ID);
    }
    String identifier = Json.name(json, ISSUE_IDENTIFIER);
    if (identifier == null) {
      String known = session == null ? null : Json.name(session.json(), ISSUE_IDENTIFIER);
      identifier = known == null ? id : known;
      json.put(ISSUE_IDENTIFIER, identifier);
      changed.add(ISSUE_IDENTIFIER);
    }
    Order order = Order.of(item, json, session, now, findings);
    if (!isInteger(json, PRIORITY)) {
      json.put(PRIORITY, order.priority);
      changed.add(PRIORITY);
    }
    if (!isInteger(json, QUEUED_AT)
        || Json.time(json, QUEUED_AT) != Json.count(json, QUEUED_AT)
        || Json.count(json, QUEUED_AT) > now + DAY_MS) {
      json.put(QUEUED_AT, order.queuedAt);
      changed.add(QUEUED_AT);
    }
    if (item != null && stored != null && !changed.isEmpty()) {
      findings.imported(item.key(), "with other members: " + String.join(", ", changed));
    }
    String text = json.equals(stored) && item != null ? item.text() : null;
    return new ImportedItem(
        issue,
        identifier,
        project,
        order.priority,
        order.queuedAt,
        text == null ? Json.write(json) : text.strip());
  }

  long score() {
    return Score.of(priority, queuedAt);
  }

  private static ObjectNode ofSession(@Nullable SourceSession session) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (session != null) {
      copy(session, ISSUE_ID, json, ISSUE_ID);
      copy(session, ISSUE_IDENTIFIER, json, ISSUE_IDENTIFIER);
      copy(session, "promptContext", json, "prompt");
      copy(session, "workType", json, "workType");
      copy(session, PROJECT, json, PROJECT);
    }
    return json;
  }

  private static void copy(SourceSession from, String member, ObjectNode to, String as) {
    String text = from.text(member);
    if (text != null) {
      to.put(as, text);
    }
  }

  private static String project(ObjectNode json) {
    for (String member : List.of(PROJECT, "projectId")) {
      String name = Json.text(json, member);
      if (name != null && !name.isEmpty()) {
        return name;
      }
    }
    return NewWork.ANY_PROJECT;
  }

  private static void removeUnless(
      ObjectNode json,
      String member,
      java.util.function.Predicate<JsonNode> right,
      Set<String> changed) {
    JsonNode value = json.get(member);
    if (value != null && !value.isNull() && !right.test(value)) {
      json.remove(member);
      changed.add(member);
    }
  }

  private record Order(int priority, long queuedAt) {

    /** The score decides where it is one that the other server writes. */
    static Order of(
        @Nullable SourceItem item,
        ObjectNode json,
        @Nullable SourceSession session,
        long now,
        Findings findings) {
      double score = item == null ? Double.NaN : item.score();
      if (item != null && !Double.isNaN(score)) {
        double priority = Math.floor(score / BAND);
        long at = Json.time(score - priority * BAND);
        if (priority >= Score.FIRST_PRIORITY
            && priority <= Score.LAST_PRIORITY
            && score == Math.rint(score)
            && at > 0
            && at <= now + DAY_MS) {
          return new Order((int) priority, at);
        }
        findings.imported(item.key(), "ordered by its members, since its score holds no time");
      }
      return new Order(priority(json, session), queuedAt(json, session, now));
    }

    private static int priority(ObjectNode json, @Nullable SourceSession session) {
      double priority = Json.number(json, PRIORITY);
      if (Double.isNaN(priority) && session != null) {
        priority = Json.number(session.json(), PRIORITY);
      }
      return Double.isNaN(priority)
          ? USUAL_PRIORITY
          : (int) Math.max(Score.FIRST_PRIORITY, Math.min(Score.LAST_PRIORITY, priority));
    }

    private static long queuedAt(ObjectNode json, @Nullable SourceSession session, long now) {
      long at = Json.time(json, QUEUED_AT);
      if (at == 0 && session != null) {
        at = session.queuedAt();
      }
      return at == 0 || at > now + DAY_MS ? now : at;
    }
  }
}
