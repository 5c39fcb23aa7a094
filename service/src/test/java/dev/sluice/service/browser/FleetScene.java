package dev.sluice.service.browser;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.findings.SeenFinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A morning of a fleet: every page has content, and sessions are in every state that has a word.
 */
final class FleetScene {

  private static final Duration STEP = Duration.ofSeconds(15);

  private final Dashboard dashboard;
  private final Map<String, String> names = new TreeMap<>();
  private final Map<String, Integer> count = new TreeMap<>();
  private final List<SceneWorker> beating = new ArrayList<>();
  private final Map<String, SceneWorker> telling = new TreeMap<>();

  private FleetScene(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  static FleetScene play(Dashboard dashboard) {
    FleetScene scene = new FleetScene(dashboard);
    scene.morning();
    return scene;
  }

  String path(String template) {
    String path = template;
    for (Map.Entry<String, String> each : names.entrySet()) {
      path = path.replace("{" + each.getKey() + "}", each.getValue());
    }
    return path;
  }

  private void morning() {
    SceneWorker studio = worker("mac-studio-1", 4, "web-app", "payments");
    SceneWorker build = worker("build-07", 6, "payments", "web-app", "docs");
    SceneWorker nightly = worker("nightly-03", 2, "search");
    SceneWorker gpu = worker("gpu-01", 2, "ml-train");
    names.put("worker", build.id());
    names.put("host", "build-07");
    limit("bob", "web-app", "{\"maxConcurrent\":3}");
    limit("bob", "payments", "{\"maxConcurrent\":8,\"dailyBudgetUsd\":40}");
    key("ci", "work:write");
    names.put("key", key("grafana", "fleet:read"));

    enqueue("payments", 1, "Refund fails for split orders", "Retry the webhook once");
    pass(Duration.ofMinutes(4));
    String slow = handed(build);
    String done = handed(build);
    build.report(slow, "running", "provider", "claude", "worktreePath", "/work/pay-100");
    build.report(done, "running");
    telling.put(slow, build);
    names.put("running", slow);
    pass(Duration.ofMinutes(9));
    names.put("ended", done);
    build.report(done, "completed", 1.87, 182_344, "Webhook retries once, with a test");

    enqueue("search", 3, "Rank by recency", "Index the changelog", "Synonyms for colours");
    String lost = handed(nightly);
    handed(nightly);
    nightly.report(lost, "running");
    beating.remove(nightly);
    pass(Duration.ofMinutes(5));

    enqueue("web-app", 2, "Dark mode flickers", "Form loses focus", "Slow first paint", "Menu");
    String failed = handed(studio);
    String stuck = handed(studio);
    String silent = handed(studio);
    studio.report(failed, "running");
    studio.report(stuck, "running");
    studio.report(silent, "running");
    studio.uses(stuck, "Bash", "npm run test:e2e -- --headed");
    telling.put(stuck, studio);
    pass(Duration.ofMinutes(6));
    studio.report(failed, "failed", "error", "Exit code 137 after 41 s: out of memory");
    act("ann", "queues/docs/pause", "Docs build is broken until the new theme is in");
    enqueue("docs", 4, "Explain leases", "Fix the quick start", "Screenshots of the dashboard");
    deadLetters(build, studio);
    pass(Duration.ofMinutes(26));

    enqueue("ml-train", 5, "Re-train the ranker", "Compare tokenizers");
    gpu.report(handed(gpu), "running");
    names.put("stop", stopAll("ann", "ml-train", "the data set is wrong"));
    act("ann", "workers/" + gpu.id() + "/drain", "GPU driver update");
    enqueue("mobile", 3, "Crash on resume", "Offline queue", "Push tokens expire", "Haptics");
    names.put("webhook", webhook("ann"));
    names.put("waiting", id("mobile", 0));
    dashboard.record(new SeenFinding("paused", "docs", "docs", "docs is paused, 3 wait"));
    dashboard.record(new SeenFinding("dead", "", "", "2 dead letters"));
    dashboard.act("ann", "POST", "/api/findings/dead/ack", "{\"reason\":\"Bob looks\"}");
    pass(Duration.ofMinutes(12));
    evening(build, slow);
  }

  private void evening(SceneWorker build, String running) {
    backlog();
    String fresh = handed(build);
    build.report(fresh, "running", "provider", "codex");
    telling.put(fresh, build);
    handed(build);
    build.says(running, "thought", "The failing case is the refund path; RefundService next.");
    build.uses(running, "Bash", "./gradlew :payments:test --tests 'RefundServiceTest'");
    build.says(running, "response", "38 tests pass, one is left: refunds of split orders.");
    build.links(running, "PR 812", "https://git.example.com/payments/pull/812");
    send(running, "nudge", "How far are you?", "Bob");
    build.acknowledgeAll();
    send(running, "directive", "Leave the migration alone, Ann is on it.", "Ann");
    send(running, "nudge", "The reviewer asks for a changelog line.", "Bob");
    issue("payments", "PAY-900", 2);
    later("payments", "PAY-950");
    dashboard.act(
        "bob",
        "PATCH",
        "/api/work/" + id("payments", 5),
        "{\"priority\":1,\"reason\":\"a customer waits for it\"}");
    act("ann", "sessions/" + fresh + "/stop", "wrong branch");
    telling.remove(fresh);
    SceneTime.pass(Duration.ofSeconds(21));
    beat();
    dashboard.sweep();
  }

  private void deadLetters(SceneWorker one, SceneWorker other) {
    List<String> titles = List.of("Upgrade the bundler", "Pin the toolchain");
    limit("ann", "web-app", "{\"maxConcurrent\":9}");
    enqueue("web-app", 1, titles.toArray(String[]::new));
    for (int i = 0; i < titles.size(); i++) {
      String id = handed(one);
      one.nack(id, "no Node 22 here");
      if (other.poll(1).contains(id)) {
        other.nack(id, "no Node 22 here");
      }
      names.put("dead", id);
    }
    limit("ann", "web-app", "{\"maxConcurrent\":3}");
    enqueue(
        item("mobile", "MOB-77", "Release notes for 4.2", 3)
            .put("deadline", SceneTime.CLOCK.millis() + 60_000));
  }

  private SceneWorker worker(String host, int capacity, String... projects) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("hostname", host).put("capacity", capacity).put("version", "1.14.2");
    ArrayNode names = body.putArray("projects");
    List.of(projects).forEach(names::add);
    body.putArray("capabilities").add("node").add("docker");
    SceneWorker worker = dashboard.worker(body.toString());
    beating.add(worker);
    return worker;
  }

  private String key(String name, String scope) {
    String body = "{\"name\":\"%s\",\"type\":\"user\",\"scopes\":[\"%s\"]}".formatted(name, scope);
    return dashboard.act("admin", "POST", "/api/keys", body).at("/id").asText();
  }

  private String webhook(String operator) {
    String body = "{\"url\":\"https://hooks.invalid/sluice\",\"types\":[\"queue.paused\"]}";
    return dashboard.act(operator, "POST", "/api/webhooks", body).at("/id").asText();
  }

  private void limit(String operator, String project, String limits) {
    dashboard.act(operator, "PUT", "/api/queues/" + project + "/limits", limits);
  }

  private void act(String operator, String call, String reason) {
    dashboard.act(operator, "POST", "/api/" + call, "{\"reason\":\"" + reason + "\"}");
  }

  private String stopAll(String operator, String project, String reason) {
    String body = "{\"project\":\"%s\",\"reason\":\"%s\"}".formatted(project, reason);
    return dashboard.act(operator, "POST", "/api/stops", body).at("/id").asText();
  }

  private String handed(SceneWorker worker) {
    return worker.poll(1).get(0);
  }

  private void enqueue(String project, int priority, String... titles) {
    for (String title : titles) {
      int number = count.merge(project, 1, Integer::sum) - 1;
      String issue = project.substring(0, 3).toUpperCase(Locale.ROOT) + "-";
      enqueue(
          item(project, issue + (100 + number), title, priority)
              .put("sessionId", id(project, number)));
    }
  }

  private static String id(String project, int number) {
    return "ses_" + project + "_" + (100 + number);
  }

  private void issue(String project, String issue, int sessions) {
    for (int i = 0; i < sessions; i++) {
      enqueue(item(project, issue, "Currency rounding", 3).put("issueId", issue));
    }
  }

  private void later(String project, String issue) {
    enqueue(
        item(project, issue, "Nightly reconciliation", 4)
            .put("notBefore", SceneTime.CLOCK.millis() + Duration.ofHours(9).toMillis()));
  }

  private void enqueue(ObjectNode item) {
    dashboard.post("/api/work", item.toString());
  }

  private static ObjectNode item(String project, String issue, String title, int priority) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("projectName", project)
        .put("issueIdentifier", issue)
        .put("prompt", title)
        .put("priority", priority)
        .put("repository", "git.example.com/acme/" + project);
  }

  private void send(String session, String type, String payload, String user) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", type);
    body.put("payload", payload).put("userName", user);
    dashboard.act(
        user.toLowerCase(Locale.ROOT),
        "POST",
        "/api/sessions/" + session + "/inbox",
        body.toString());
  }

  private void backlog() {
    List<String> titles = List.of("Ledger export", "Tax rates", "Receipt layout", "Fraud rule");
    for (int i = 0; i < 30; i++) {
      int number = count.merge("payments", 1, Integer::sum) - 1;
      ObjectNode item =
          item("payments", "PAY-" + (100 + number), titles.get(i % titles.size()), 2 + i / 9)
              .put("sessionId", id("payments", number))
              .put("queuedAt", SceneTime.CLOCK.millis() - (33 - i) * 19_000L);
      if (i % 8 == 5) {
        item.putArray("requiredCapabilities").add("xcode");
      }
      enqueue(item);
    }
  }

  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= STEP.toMillis()) {
      SceneTime.pass(STEP);
      if (left / STEP.toMillis() % 4 == 0) {
        beat();
      }
      dashboard.sweep();
    }
  }

  void beat() {
    beating.forEach(SceneWorker::beat);
    telling.forEach((session, worker) -> worker.touch(session));
  }
}
