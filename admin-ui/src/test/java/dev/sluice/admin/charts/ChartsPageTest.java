package dev.sluice.admin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.WaitHistogram;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartsPageTest extends PageTestBase {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void sixChartsOfTheFleetAreDrawnSaidAndTabled() {
    fleet.worker("w-1", 4, List.of());
    work(3);
    look();
    fleet.poll("w-1", 2);

    PageAnswer page = page("/admin/charts");

    assertThat(page.main().select(".chart h2").eachText())
        .containsExactly(
            "Waiting work",
            "Oldest waiting work",
            "Slots",
            "Claimed sessions",
            "Throughput of this node",
            "Time in queue");
    assertThat(page.main().select("[role=img][aria-label]").eachAttr("aria-label"))
        .contains(
            "Waiting work over 15 min: 1 to 3, now 1, falling",
            "Slots over 15 min: busy 0 to 2, now 2, rising; total 4, now 4, steady",
            "Claimed sessions over 15 min: 0 to 2, now 2, rising");
    assertThat(page.main().select(".legend").eachText()).contains("waiting 1", "busy 2 total 4");
    assertThat(page.main().select("details table")).hasSize(6);
    assertThat(page.main().select(".field path.line[d^=M]")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(page.text()).contains("Measured by this node every 5 s");
    assertThat(page.main().select(".tabs a[aria-current]").text()).isEqualTo("last 15 min");
  }

  @Test
  void whatWentThroughTheNodeIsARateAndItsWaits() {
    look();
    long[] waits = new long[WaitHistogram.BUCKETS];
    waits[WaitHistogram.bucket(2_000)] = 12;
    server.passed.set(new NodeTotals.Totals(30, 12, 6, new WaitHistogram(waits)));
    look();
    look();
    server.passed.set(NodeTotals.Totals.NONE);

    assertThat(legend(page("/admin/charts"), "rates"))
        .isEqualTo("enqueued 3 claimed 1.2 completed 0.6");
    assertThat(legend(page("/admin/charts"), "waits")).matches("p50 [12]\\.?\\d? s p95 .*");
  }

  @Test
  void aStoreThatWasAwayIsAGap() {
    work(2);
    look();
    look();
    server.store.away(true);
    for (int i = 0; i < 20; i++) {
      look();
    }
    PageAnswer during = page("/admin/charts");
    server.store.away(false);
    look();
    look();

    assertThat(during.status()).isEqualTo(503);
    assertThat(during.main().selectFirst("[role=img]").attr("aria-label"))
        .isEqualTo("Waiting work over 15 min: 2, 2 measured 1 min ago");
    String path =
        page("/admin/charts").main().selectFirst("[data-chart=waiting] .field path").attr("d");
    assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
    assertThat(points(page("/admin/charts")).at("/values/0").toString())
        .matches("\\[\"2\",\"2\",\"–\",\"2\".*]");
  }

  @Test
  void aQueueHasChartsOfItsOwn() {
    work(2);
    fleet.work("other").project("billing").enqueue();
    look();
    String link = page("/admin/queues/payments").main().select("a[href*=charts]").attr("href");

    PageAnswer page = page(link);

    assertThat(page.main().selectFirst("h1").text()).isEqualTo("Charts of queue payments");
    assertThat(page.main().select(".chart")).hasSize(2);
    assertThat(page.main().selectFirst("[role=img]").attr("aria-label"))
        .isEqualTo("Waiting work over 15 min: 2, now 2, steady");
    assertThat(page.main().select(".tabs a").eachAttr("href"))
        .containsExactly(
            "/admin/charts?span=15m&project=payments",
            "/admin/charts?span=1h&project=payments",
            "/admin/charts?span=24h&project=payments",
            "/admin/charts?span=7d&project=payments");
  }

  @Test
  void queuesHaveSmallLinesInTheirTables() {
    work(2);
    look();

    for (String path : List.of("/admin", "/admin/queues")) {
      Element spark = page(path).main().selectFirst("svg.spark[role=img]");
      assertThat(spark.attr("aria-label")).isEqualTo("waiting over 15 min: 2, now 2, steady");
      assertThat(spark.selectFirst("path").attr("d")).startsWith("M");
    }
  }

  @Test
  void tablesStayShort() {
    for (int i = 0; i < 200; i++) {
      look();
    }

    for (String path : List.of("/admin/charts", "/admin/charts?span=1h")) {
      for (Element table : page(path).main().select("table")) {
        assertThat(table.select("tbody tr").size()).isLessThanOrEqualTo(30);
      }
    }
  }

  @Test
  void theScriptGetsThePoints() {
    work(3);
    look();

    JsonNode points = points(page("/admin/charts?span=1h"));

    assertThat(points.get("to").asLong()).isEqualTo(server.clock.now());
    assertThat(points.get("from").asLong()).isEqualTo(server.clock.now() - 3_600_000);
    assertThat(points.at("/latest/0").asText()).isEqualTo("3");
    assertThat(points.at("/values/0")).hasSameSizeAs(points.get("at"));
  }

  @Test
  void otherOrgsDataIsNeverShown() {
    TestFleet other = new TestFleet(server);
    other.work("theirs").project("payments").enqueue();
    server.get("/admin", other.visitor(VisitorRole.VIEWER));
    look();

    assertThat(latest(page("/admin/charts?project=payments"))).isNotEqualTo("1");
    assertThat(latest(page("/admin/charts"))).isEqualTo("0");
    assertThat(latest(page("/admin/charts?org=" + other.org)))
        .as("a visitor of one org asks for another")
        .isEqualTo("0");
    Visitor everywhere = new Visitor("eve", "operator:eve", VisitorRole.VIEWER, fleet.org, true);
    assertThat(latest(server.get("/admin/charts?org=" + other.org, everywhere))).isEqualTo("1");
  }

  @Test
  void aLoginIsRequired() {
    assertThat(server.get("/admin/charts", null).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"span=2h", "span=%3Cscript%3E", "span=15M", "span=15m%00"})
  void aSpanThatThereIsNotIsRefused(String query) {
    PageAnswer page = page("/admin/charts?" + query);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("Use span=15m, span=1h, span=24h or span=7d.");
  }

  @Test
  void whatIsNoProjectIsRefused() {
    for (String project : List.of("a%0Ab", "a".repeat(300))) {
      assertThat(page("/admin/charts?project=" + project).status()).isEqualTo(404);
    }
    assertThat(page("/admin/charts?project=&span=").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.admin.web.HostileDataTest#names")
  void hostileNamesOfProjectsAreText(String hostile) {
    fleet.work("s-1").project(hostile).enqueue();
    look();
    String query = "?project=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8);

    PageAnswer page = page("/admin/charts" + query);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.main().selectFirst("h1 .id").attr("title")).isEqualTo(hostile);
    assertThat(page.document().select("script").eachAttr("src"))
        .hasSameSizeAs(page.document().select("script"))
        .allMatch(src -> src.startsWith("/admin/assets/"));
    assertThat(page.document().select("img, [style], [onerror], [onmouseover]")).isEmpty();
    assertThat(page.main().select(".chart")).hasSize(2);
    assertThat(latest(page)).isEqualTo("1");
  }

  private void work(int items) {
    for (int i = 0; i < items; i++) {
      fleet.work("s-" + i).enqueue();
    }
  }

  private void look() {
    page("/admin/system");
    server.clock.jump(Duration.ofSeconds(5));
  }

  private static String legend(PageAnswer page, String chart) {
    return page.main().selectFirst("[data-chart=" + chart + "] .legend").text();
  }

  private static String latest(PageAnswer page) {
    return points(page).at("/latest/0").asText();
  }

  private static JsonNode points(PageAnswer page) {
    String json = page.main().selectFirst(".chart").attr("data-points");
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }
}
