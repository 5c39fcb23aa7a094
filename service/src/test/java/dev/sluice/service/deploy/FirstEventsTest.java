package dev.sluice.service.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.Refusal;
import dev.sluice.service.http.SluiceServer;
import dev.sluice.service.metrics.Exposition;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The first scrape of a server that has served no call. {@code increase()} of a series that begins
 * at 1 is 0, so a counter that appears with its first event hides it from the alerts.
 */
@Timeout(60)
class FirstEventsTest {

  private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");

  private static Exposition page;

  @BeforeAll
  static void scrape() {
    try (SluiceServer server = SluiceServer.start("memory")) {
      page = Exposition.parse(server.adminGet("/metrics").body());
    }
  }

  @Test
  void eachCounterOfAnAlertIsThereWithEachOfItsLabels() throws IOException {
    int counters = 0;
    for (JsonNode rule : DeployFile.yaml("deploy/alerts.yml").at("/groups/0/rules")) {
      for (Selector selector : Selector.of(rule.at("/expr").asText())) {
        if (selector.name().matches("sluice_.*_(total|count)")) {
          requireBegun(selector);
          counters++;
        }
      }
    }
    assertThat(counters).isGreaterThan(3);
  }

  private static void requireBegun(Selector selector) {
    Set<Map<String, String>> series = page.series().getOrDefault(selector.name(), Set.of());
    assertThat(series).as("%s", selector).isNotEmpty();
    for (Selector.Matcher matcher : selector.matchers()) {
      for (String value : matcher.value().split("\\|")) {
        assertThat(series)
            .as("%s %s", selector, value)
            .anyMatch(labels -> value.equals(labels.get(matcher.label())));
      }
    }
  }

  @Test
  void eachLabelThatTheDocumentationListsIsThereAtZero() throws IOException {
    for (String name :
        List.of(
            "sluice_requeues_total (reason)",
            "sluice_swept_total (result)",
            "sluice_failed_authentications_total (reason)")) {
      String counter = name.split(" ")[0];
      String label = name.split("[()]")[1];
      List<String> values = documented("- `" + counter + "` (`" + label + "`): ");
      assertThat(values).as(name).hasSizeGreaterThan(4);
      for (String value : values) {
        assertThat(page.value(counter, label, value)).as("%s %s", name, value).isZero();
      }
    }
  }

  private static List<String> documented(String begin) throws IOException {
    String page = DeployFile.text("docs/operating.md");
    int from = page.indexOf(begin) + begin.length();
    String words = page.substring(from, page.indexOf("\n- ", from));
    return WORD.matcher(words).results().map(word -> word.group(1)).toList();
  }

  @Test
  void theOtherCountersBeginAtZero() {
    for (Refusal refusal : Refusal.values()) {
      String kind = refusal.name().toLowerCase(Locale.ROOT);
      assertThat(page.value("sluice_refusals_total", "kind", kind)).as(kind).isZero();
    }
    for (String lane : List.of("urgent", "normal")) {
      assertThat(page.value("sluice_messages_sent_total", "lane", lane)).isZero();
      assertThat(page.value("sluice_messages_acknowledged_total", "lane", lane)).isZero();
      assertThat(page.value("sluice_message_lag_seconds_count", "lane", lane)).isZero();
    }
    for (String rate : List.of("anonymous", "credential", "registration")) {
      assertThat(page.value("sluice_rate_limited_total", "limit", "rates." + rate)).isZero();
    }
    for (String operation : List.of("workers.poll", "upkeep.sweep", "sessions.report")) {
      assertThat(page.value("sluice_store_failures_total", "operation", operation)).isZero();
    }
    for (String status : List.of("1xx", "2xx", "3xx", "4xx", "5xx")) {
      assertThat(page.value("sluice_http_responses_total", "class", status)).isZero();
    }
    assertThat(page.value("sluice_reports_after_stop_total", "org", "default")).isZero();
  }
}
