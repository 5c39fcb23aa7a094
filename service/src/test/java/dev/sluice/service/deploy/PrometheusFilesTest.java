package dev.sluice.service.deploy;

import static dev.sluice.service.http.SluiceServer.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.http.AgingApplication;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.http.TestWorker;
import dev.sluice.service.metrics.Exposition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries of the dashboard and the alert rules against a scrape that has every metric. */
@Timeout(120)
class PrometheusFilesTest {

  private static final Pattern GROUPS = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)\\}\\}");
  private static final Pattern VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

  private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (\\w+)$");
  private static final Pattern CALL = Pattern.compile("localhost:(808[01]/[\\w/]+)");

  /** Prometheus adds them. */
  private static final String INSTANCE = "instance";

  private static final String JOB = "job";

  private static final Map<String, Set<Map<String, String>>> SERIES = new TreeMap<>();

  @BeforeAll
  static void scrape() {
    try (RedisServerProcess redis = RedisServerProcess.start();
        SluiceServer server =
            SluiceServer.start(
                AgingApplication.class,
                "redis",
                "backend.redis.uri=" + redis.uri(),
                "backend.redis.timeoutMs=5000",
                "rates.anonymous.burst=1",
                "rates.anonymous.perSecond=1")) {
      work(server);
      add(server);
      redis.kill();
      until(() -> server.get("/api/work/m-1", API_KEY), answer -> answer.status() == 503);
      add(server);
    }
    embedded();
  }

  /** Adds the series of a store on disk, and of a backup. */
  private static void embedded() {
    try (SluiceServer server = SluiceServer.start(AgingApplication.class, "embedded")) {
      server.enqueue("{\"prompt\":\"p\"}");
      assertThat(server.get("/api/export", API_KEY).body()).contains("\"type\":\"end\"");
      // The line of the export is written behind its last byte.
      until(
          () -> {
            AgingApplication.age(Duration.ofMinutes(1));
            return server.adminGet("/metrics");
          },
          page -> page.body().contains("sluice_last_export_timestamp_seconds{org=\"default\"}"));
      add(server);
    }
  }

  /** Makes a sample of each counter. */
  private static void work(SluiceServer server) {
    server.enqueue("{\"sessionId\":\"m-1\",\"projectName\":\"web\",\"prompt\":\"p\"}");
    server.enqueue("{\"sessionId\":\"m-2\",\"projectName\":\"web\",\"prompt\":\"p\"}");
    String other = "{\"sessionId\":\"m-1\",\"projectName\":\"web\",\"prompt\":\"other\"}";
    assertThat(server.post("/api/work", API_KEY, other).status()).isEqualTo(409);
    TestWorker worker = server.register("{\"hostname\":\"h\",\"capacity\":2}");
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("m-1", "m-2");
    assertThat(worker.report("m-1", "running").status()).isEqualTo(200);
    String worksFor = "{\"workerId\":\"" + worker.id() + "\"}";
    sent(server.post("/api/sessions/m-2/nack", worker.token(), worksFor));
    String message = "{\"type\":\"directive\",\"payload\":\"p\"}";
    String id = sent(server.post("/api/sessions/m-1/inbox", API_KEY, message)).text("/id");
    worker.poll();
    String ack = "{\"messageId\":\"" + id + "\",\"lane\":\"urgent\"}";
    sent(server.post("/api/sessions/m-1/inbox/ack", worker.token(), ack));
    sent(server.post("/api/sessions/m-1/stop", API_KEY, "{}"));
    worker.report("m-1", "stopped");
    until(
        () -> {
          worker.report("m-1", "running"); // the agent runs after its stop
          return server.adminGet("/metrics");
        },
        page -> page.body().contains("sluice_reports_after_stop_total"));
    until(() -> server.get("/api/me", "rsk_live_unknown"), answer -> answer.status() == 429);
  }

  private static Answer sent(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(200, 202);
    return answer;
  }

  /** Bounded by the time-out of the test. */
  private static void until(Supplier<Answer> call, Predicate<Answer> seen) {
    Answer answer = call.get();
    while (!seen.test(answer)) {
      answer = call.get();
    }
  }

  private static void add(SluiceServer server) {
    AgingApplication.age();
    Exposition.parse(server.adminGet("/metrics").body())
        .series()
        .forEach(
            (name, labels) -> SERIES.computeIfAbsent(name, any -> new HashSet<>()).addAll(labels));
  }

  @Test
  void theAlertRulesNameWhatIsThere() throws IOException {
    List<String> rules = new ArrayList<>();
    for (JsonNode group : DeployFile.yaml("deploy/alerts.yml").at("/groups")) {
      for (JsonNode rule : group.at("/rules")) {
        rules.add(rule.at("/alert").asText());
        check(rule.at("/expr").asText());
      }
    }
    assertThat(rules).hasSizeGreaterThan(18).doesNotHaveDuplicates();
  }

  @Test
  void eachAlertHasASeverityWordsAndItsSectionOfTheRunbook() throws IOException {
    String runbook = DeployFile.text("docs/runbook.md");
    List<String> alerts = new ArrayList<>();
    for (JsonNode rule : DeployFile.yaml("deploy/alerts.yml").at("/groups/0/rules")) {
      String alert = rule.at("/alert").asText();
      alerts.add(alert);
      assertThat(rule.at("/labels/severity").asText()).as(alert).isIn("critical", "warning");
      assertThat(rule.at("/annotations/summary").asText()).as(alert).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(alert).isNotBlank();
      assertThat(rule.at("/annotations/runbook_url").asText())
          .isEqualTo("docs/runbook.md#" + alert.toLowerCase(Locale.ROOT));
      requireLabels(rule);
      String section = section(runbook, alert);
      assertThat(section).as(alert).contains("```sh\n").contains("\nOver ");
    }
    assertThat(SECTION.matcher(runbook).results().map(found -> found.group(1)))
        .as("sections")
        .containsExactlyInAnyOrderElementsOf(alerts);
  }

  /** The words name only labels that the query keeps. */
  private static void requireLabels(JsonNode rule) {
    Set<String> kept = groups(rule.at("/expr").asText());
    boolean grouped = !kept.isEmpty();
    for (JsonNode words : rule.at("/annotations")) {
      for (String label : found(LABEL, words.asText())) {
        assertThat(!grouped && label.equals(INSTANCE) || kept.contains(label))
            .as("%s names %s", rule.at("/alert"), label)
            .isTrue();
      }
    }
  }

  private static String section(String page, String heading) {
    int from = page.indexOf("\n## " + heading + "\n");
    assertThat(from).as(heading).isPositive();
    int to = page.indexOf("\n## ", from + 1);
    return page.substring(from, to < 0 ? page.length() : to);
  }

  @Test
  void theCallsOfTheRunbookAreThere() throws IOException {
    Set<String> calls =
        new HashSet<>(found(CALL, DeployFile.text("docs/runbook.md").replace("\\", "")));
    assertThat(calls).hasSizeGreaterThan(6);
    try (SluiceServer server = SluiceServer.start("memory")) {
      for (String call : calls) {
        Answer answer =
            call.startsWith("8081")
                ? server.adminGet(call.substring(4))
                : server.get(call.substring(4), API_KEY);
        assertThat(answer.status()).as(call).isEqualTo(200);
      }
    }
  }

  @Test
  void theDashboardNamesWhatIsThere() throws IOException {
    JsonNode dashboard = DeployFile.json("deploy/grafana.json");
    int queries = 0;
    for (JsonNode target : dashboard.at("/panels").findValues("targets")) {
      for (JsonNode query : target) {
        check(query.at("/expr").asText());
        Set<String> shown = groups(query.at("/expr").asText());
        shown.add(INSTANCE);
        assertThat(found(LEGEND, query.at("/legendFormat").asText()))
            .as(query.toString())
            .isSubsetOf(shown);
        queries++;
      }
    }
    assertThat(queries).isGreaterThan(30);
    for (JsonNode variable : dashboard.at("/templating/list")) {
      if (variable.at("/type").asText().equals("query")) {
        java.util.regex.Matcher values = VALUES.matcher(variable.at("/query").asText());
        assertThat(values.matches()).isTrue();
        check("max by (" + values.group(2) + ") (" + values.group(1) + ")");
      }
    }
  }

  @Test
  void everyMetricIsExplained() throws IOException {
    String page = DeployFile.text("docs/operating.md");
    for (String name : SERIES.keySet()) {
      if (name.startsWith("sluice_")) {
        assertThat(page).contains("`" + name.replaceFirst("_(bucket|sum|count)$", "") + "`");
      }
    }
  }

  private static void check(String query) throws IOException {
    List<Selector> selectors = Selector.of(query);
    assertThat(selectors).as(query).isNotEmpty();
    Set<String> known = new HashSet<>(Set.of(INSTANCE, JOB));
    for (Selector selector : selectors) {
      for (Map<String, String> labels : seriesOf(selector)) {
        known.addAll(labels.keySet());
      }
      for (Selector.Matcher matcher : selector.matchers()) {
        if (!matcher.label().equals("__name__")) {
          check(selector, matcher);
        }
      }
    }
    assertThat(known).as(query).containsAll(groups(query));
  }

  private static void check(Selector selector, Selector.Matcher matcher) throws IOException {
    Set<Map<String, String>> series = seriesOf(selector);
    assertThat(series).as("%s", selector).anyMatch(each -> each.containsKey(matcher.label()));
    if (matcher.isVariable()) {
      return;
    }
    if (matcher.operator().equals("=")) {
      assertThat(series)
          .as("%s", selector)
          .anyMatch(each -> matcher.value().equals(each.get(matcher.label())));
      return;
    }
    String page = DeployFile.text("docs/operating.md"); // its values may need a bad day
    for (String value : matcher.value().split("\\|")) {
      assertThat(page).as("%s", selector).contains("`" + value + "`");
    }
  }

  private static Set<Map<String, String>> seriesOf(Selector selector) {
    if (!selector.name().isEmpty()) {
      assertThat(SERIES).containsKey(selector.name());
      return SERIES.get(selector.name());
    }
    Selector.Matcher name = selector.matchers().get(0);
    assertThat(name.label()).isEqualTo("__name__");
    List<String> named =
        SERIES.keySet().stream().filter(each -> each.matches(name.value())).toList();
    assertThat(named).as("%s", selector).hasSize(name.value().split("\\|").length);
    Set<Map<String, String>> all = new HashSet<>();
    named.forEach(each -> all.addAll(SERIES.get(each)));
    return all;
  }

  private static Set<String> groups(String query) {
    Set<String> groups = new HashSet<>();
    for (String list : found(GROUPS, query)) {
      Arrays.stream(list.split(",")).map(String::strip).forEach(groups::add);
    }
    return groups;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(each -> each.group(1)).toList();
  }
}
