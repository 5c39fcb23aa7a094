package dev.sluice.backend.redis.agentfactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.Dialect;
import dev.sluice.backend.Names;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The workers, and the sessions that each has by its set. */
final class Fleet {

  /**
   * The id of the credential that workers of the other server come over with, its one key for all:
   * {@code WORKER_API_KEY} of the target.
   */
  static final String LEGACY_KEY = "legacy";

  private static final int MAX_CAPACITY = 100_000;

  private final long now;
  private final Findings findings;
  private final Map<String, WorkerCopy> workers = new TreeMap<>(Names::compareBytes);
  private final Map<String, Set<String>> sets = new HashMap<>();

  private Fleet(long now, Findings findings) {
    this.now = now;
    this.findings = findings;
  }

  static Fleet read(Source source, Keys keys, long now, Findings findings) {
    Fleet fleet = new Fleet(now, findings);
    source.strings(keys.of(Family.WORKER), fleet::add, findings::gone);
    for (String key : keys.of(Family.WORKER_SESSIONS)) {
      fleet.sets.put(Family.WORKER_SESSIONS.id(key), source.members(key));
    }
    return fleet;
  }

  boolean has(String worker) {
    return workers.containsKey(worker);
  }

  /** True if the worker's set has the session. */
  boolean holds(@Nullable String worker, String session) {
    return worker != null && sets.getOrDefault(worker, Set.of()).contains(session);
  }

  /** By id. */
  Collection<WorkerCopy> workers() {
    return workers.values();
  }

  /** Lists the members of sets that are no claims of their worker. */
  void listLeftovers(Map<String, Draft> drafts) {
    sets.forEach(
        (worker, sessions) -> {
          for (String session : sessions) {
            Draft draft = drafts.get(session);
            if (draft == null || draft.place() != Place.CLAIMED || !worker.equals(draft.owner())) {
              findings.leftOut(
                  Findings.part(Family.WORKER_SESSIONS.key(worker), session),
                  has(worker) ? "it is no live session of this worker" : "its worker is gone");
            }
          }
        });
  }

  private void add(String key, String text) {
    String id = Family.WORKER.id(key);
    ObjectNode json = Json.object(text);
    String problem = json == null ? "is no JSON object" : Names.problem(id);
    if (json == null || problem != null) {
      findings.leftOut(key, "it " + problem);
      return;
    }
    String hostname = Json.name(json, "hostname");
    long capacity = Json.count(json, "capacity");
    if (hostname == null || capacity < 1 || capacity > MAX_CAPACITY) {
      findings.imported(key, "with a usual hostname or capacity");
    }
    Registration registration =
        new Registration(
            id,
            LEGACY_KEY,
            Dialect.STANDARD,
            hostname == null ? id : hostname,
            capacity < 1 || capacity > MAX_CAPACITY ? 1 : (int) capacity,
            projects(key, json),
            List.of(),
            "draining".equals(Json.text(json, "status")),
            details(json));
    long registered = within(Json.time(json, "registeredAt"));
    workers.put(
        id,
        new WorkerCopy(
            registration,
            registered,
            Math.max(registered, within(Json.time(json, "lastHeartbeat"))),
            false,
            (int) Math.max(0, Math.min(MAX_CAPACITY, Json.count(json, "activeCount"))),
            false,
            false,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            List.of(),
            null,
            0,
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            null,
            0));
  }

  private long within(long time) {
    return time == 0 || time > now ? now : time;
  }

  /** A worker whose projects can't be read takes none, instead of all. */
  private Projects projects(String key, ObjectNode json) {
    JsonNode value = json.get("projects");
    if (value == null || value.isNull()) {
      return Projects.ALL;
    }
    Set<String> projects = new LinkedHashSet<>();
    List<JsonNode> wrong = new ArrayList<>();
    value.forEach(
        each -> {
          if (each.isTextual() && Names.problem(each.textValue()) == null) {
            projects.add(each.textValue());
          } else {
            wrong.add(each);
          }
        });
    if (!value.isArray() || !wrong.isEmpty()) {
      findings.imported(key, "without projects that are no valid names");
      return Projects.only(List.copyOf(projects));
    }
    return Projects.of(List.copyOf(projects));
  }

  private static String details(ObjectNode json) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    String version = Json.text(json, "version");
    if (version != null) {
      details.put("version", version);
    }
    return Json.write(details);
  }
}
