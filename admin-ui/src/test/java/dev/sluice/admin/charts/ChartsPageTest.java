package dev.sluice.admin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.admin.NodeTotals;
import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.WaitHistogram;
import dev.sluice.admin.web.Headers;
import dev.sluice.admin.web.PageTestBase;
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
            "Through this node",
            "Wait before the hand-out");
    assertThat(page.main().select("[role=img][aria-label]").eachAttr("aria-label"))
        .contains(
            "Waiting work over 15 min: 1 to 3, now 1, falling",
            "Slots over 15 min: busy 0 to 2, now 2, rising; all 4, now 4, steady",
            "Claimed sessions over 15 min: 0 to 2, now 2, rising");
    assertThat(page.main().select(".legend").eachText()).contains("waiting 1", "busy 2 all 4");
    assertThat(page.main().select("details table")).hasSize(6);
    assertThat(page.main().select(".field path.line[d^=M]")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(page.text()).contains("it forgets it when it restarts", "a point each 5 s");
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
        .isEqualTo("enqueued 3 handed out 1.2 completed 0.6");
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
        .isEqualTo("Waiting work over 15 min: 2, 2 when last seen 1 min ago");
    String path =
        page("/admin/charts").main().selectFirst("[data-chart=waiting] .field path").attr("d");
    assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
    assertThat(data("/admin/charts/data").at("/charts/0/lines/0/values").toString())
        .matches("\\[2.0,2.0,null,2.0.*]");
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
            "/admin/charts?span=15m&project=payments", "/admin/charts?span=1h&project=payments");
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
  void theDataIsThatOfThePage() {
    work(3);
    look();
    String source =
        page("/admin/charts?span=1h").main().selectFirst("[data-source]").attr("data-source");

    PageAnswer answer = page(source);
    JsonNode data = json(answer);

    assertThat(source).isEqualTo("/admin/charts/data?span=1h");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo(Headers.CONTENT_SECURITY_POLICY);
    assertThat(data.get("to").asLong()).isEqualTo(server.clock.now());
    assertThat(data.get("from").asLong()).isEqualTo(server.clock.now() - 3_600_000);
    assertThat(data.get("charts")).hasSize(6);
    JsonNode waiting = data.at("/charts/0");
    assertThat(waiting.get("name").asText()).isEqualTo("waiting");
    assertThat(waiting.get("top").asDouble()).isEqualTo(4);
    assertThat(waiting.get("levels").toString()).isEqualTo("[\"0\",\"2\",\"4\"]");
    assertThat(waiting.at("/lines/0/latest").asText()).isEqualTo("3");
    assertThat(waiting.at("/lines/0/values")).hasSameSizeAs(waiting.get("at"));
    assertThat(waiting.get("words").asText()).endsWith("3, now 3, steady");
  }

  @Test
  void otherOrgsDataIsNeverShown() {
    TestFleet other = new TestFleet(server);
    other.work("theirs").project("payments").enqueue();
    server.get("/admin", other.visitor(VisitorRole.VIEWER));
    look();

    assertThat(data("/admin/charts/data?project=payments").at("/charts/0/lines/0/latest").asText())
        .isNotEqualTo("1");
    assertThat(data("/admin/charts/data").at("/charts/0/lines/0/latest").asText()).isEqualTo("0");
    assertThat(data("/admin/charts/data?org=" + other.org).at("/charts/0/lines/0/latest").asText())
        .as("who may see one org alone asks for another in vain")
        .isEqualTo("0");
    Visitor everywhere = new Visitor("eve", "operator:eve", VisitorRole.VIEWER, fleet.org, true);
    assertThat(
            json(server.get("/admin/charts/data?org=" + other.org, everywhere))
                .at("/charts/0/lines/0/latest")
                .asText())
        .isEqualTo("1");
  }

  @Test
  void nobodyGetsNothing() {
    assertThat(server.get("/admin/charts/data", null).status()).isEqualTo(401);
    assertThat(server.get("/admin/charts/data", null).body())
        .isEqualTo("{\"error\":\"Unauthorized\"}");
    assertThat(server.get("/admin/charts", null).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"span=2h", "span=%3Cscript%3E", "span=15M", "span=15m%00"})
  void aSpanThatThereIsNotIsRefused(String query) {
    PageAnswer page = page("/admin/charts?" + query);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("Charts reach back 15 min (span=15m) or 1 h (span=1h).");
    assertThat(page("/admin/charts/data?" + query).status()).isEqualTo(400);
  }

  @Test
  void whatIsNoProjectIsRefused() {
    for (String project : List.of("a%0Ab", "a".repeat(300))) {
      assertThat(page("/admin/charts?project=" + project).status()).isEqualTo(404);
      assertThat(page("/admin/charts/data?project=" + project).status()).isEqualTo(404);
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
    String source = page.main().selectFirst("[data-source]").attr("data-source");
    assertThat(data(source).at("/charts/0/lines/0/latest").asText()).isEqualTo("1");
  }

  private void work(int items) {
    for (int i = 0; i < items; i++) {
      fleet.work("s-" + i).enqueue();
    }
  }

  /** Five seconds pass and somebody looks at the fleet. */
  private void look() {
    page("/admin/system");
    server.clock.jump(Duration.ofSeconds(5));
  }

  private static String legend(PageAnswer page, String chart) {
    return page.main().selectFirst("[data-chart=" + chart + "] .legend").text();
  }

  private JsonNode data(String path) {
    return json(page(path));
  }

  private static JsonNode json(PageAnswer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
