package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryPageTest extends PageTestBase {

  @BeforeEach
  void fill() {
    fleet.worker("w-1", "payments");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.poll("w-1", 1);
    fleet.report("s-1", "w-1", SessionState.RUNNING, Map.of("summary", "\"half way\""));
    fleet.tell("s-1", "w-1", "action", "{\"content\":\"ls\"}", "Bash");
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "go on", "ann");
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", null);
    String read = fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "and on", "ann");
    fleet.ack("s-1", read, Lane.NORMAL, "w-1");
    fleet.deadLetter("s-3");
    fleet.pause("payments", "money moves", "ann");
    fleet.act("ann", "pause", "payments", "money moves", "");
    fleet.stopOrder("stp-1", "payments", "s-1");
    server.webhooks.clear();
    server.webhooks.add("wh_1", "https://hooks.example/a");
  }

  static Stream<String> pages() {
    return Stream.of(
        "/admin",
        "/admin/charts",
        "/admin/charts?span=24h",
        "/admin/charts?span=7d&project=payments",
        "/admin/spend",
        "/admin/spend?span=7d",
        "/admin/charts?span=1h&project=payments",
        "/admin/queues",
        "/admin/queues/payments",
        "/admin/queues/payments?place=claimed",
        "/admin/hosts",
        "/admin/hosts/host-w-1",
        "/admin/hosts/host-w-1/drain",
        "/admin/hosts/host-w-1/undrain",
        "/admin/workers",
        "/admin/workers/w-1",
        "/admin/workers/w-1/drain",
        "/admin/workers/w-1/undrain",
        "/admin/workers/w-1/deregister",
        "/admin/work",
        "/admin/work?q=none",
        "/admin/work?state=waiting",
        "/admin/work?state=waiting&project=payments",
        "/admin/work?state=waiting&issue=none",
        "/admin/work?state=ended",
        "/admin/work?health=ok&host=host-w-1&sort=cost&older=x&nothing=1",
        "/admin/selected/stop?id=s-1&id=s-2",
        "/admin/selected/send?id=s-1",
        "/admin/selected/cancel",
        "/admin/sessions/s-1/message",
        "/admin/sessions/s-1/nudge",
        "/admin/sessions/s-1/stop",
        "/admin/sessions/s-1/requeue",
        "/admin/sessions/s-1/again",
        "/admin/queues/payments?place=returned",
        "/admin/sessions/s-1",
        "/admin/sessions/s-2?item=show",
        "/admin/inbox",
        "/admin/inbox?lane=normal",
        "/admin/work?state=dead",
        "/admin/activity",
        "/admin/keys",
        "/admin/keys/mint",
        "/admin/add-worker",
        "/admin/add-worker/none",
        "/admin/webhooks",
        "/admin/webhooks/wh_1",
        "/admin/webhooks/wh_1/test",
        "/admin/pause-all",
        "/admin/resume-all",
        "/admin/queues/payments/pause",
        "/admin/queues/payments/resume",
        "/admin/system",
        "/admin/help",
        "/admin/queues/payments/limits",
        "/admin/queues/payments/stop",
        "/admin/queues/payments/cancel-all",
        "/admin/queues/payments/priority-all",
        "/admin/work/s-2/priority",
        "/admin/work/s-2/front",
        "/admin/work/s-2/cancel",
        "/admin/dead/s-3/requeue",
        "/admin/dead/s-3/discard",
        "/admin/dead/requeue",
        "/admin/dead/discard",
        "/admin/stops",
        "/admin/stops/stp-1",
        "/admin/login",
        "/admin/sessions/none",
        "/admin/nowhere/at/all");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theBrowserIsToldToRunNothingOfOthersAndToKeepNothing(String path) {
    PageAnswer page = adminPage(path);

    assertThat(page.header("Content-Security-Policy"))
        .isEqualTo(Headers.CONTENT_SECURITY_POLICY)
        .doesNotContain("unsafe");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    Document document = page.document();
    assertThat(document.select("script:not([src^=/admin/assets/]), style, [style]")).isEmpty();
    assertThat(document.select("link[href], img[src]"))
        .allMatch(each -> (each.attr("href") + each.attr("src")).startsWith("/admin/assets/"));
    assertThat(document.getAllElements())
        .allMatch(
            each ->
                each.attributes().asList().stream()
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itsPartsAreNamedAndInOrder(String path) {
    Document document = adminPage(path).document();

    assertThat(document.selectFirst("html").attr("lang")).isEqualTo("en");
    assertThat(document.title()).endsWith(" · Sluice").hasSizeGreaterThan(9);
    assertThat(document.select("main h1")).hasSize(1);
    assertThat(document.selectFirst("body a").attr("href")).isEqualTo("#main");
    assertThat(document.select("table > caption")).hasSameSizeAs(document.select("table"));
    assertThat(document.select("th:not([scope])")).isEmpty();
    Set<String> ids = new HashSet<>();
    assertThat(document.select("[id]")).allMatch(each -> ids.add(each.id()));
    assertThat(document.select("input:not([type=hidden])"))
        .allMatch(
            input ->
                input.closest("label") != null
                    || !document.select("label[for=" + input.id() + "]").isEmpty());
    assertThat(document.select("nav[aria-label], section[aria-label]").eachAttr("aria-label"))
        .doesNotHaveDuplicates();
    assertThat(document.select("a, button")).allMatch(EveryPageTest::hasName);
    assertThat(document.select("time[datetime][title]")).hasSameSizeAs(document.select("time"));
  }

  private static boolean hasName(Element control) {
    return !control.text().isBlank() || control.hasAttr("aria-label");
  }

  @Test
  void theNavigationCountsAndSaysWhereOneIs() {
    Document document = page("/admin/workers/w-1").document();

    assertThat(document.select(".side a").eachText())
        .containsExactly(
            "Overview",
            "Work",
            "Charts",
            "Spend",
            "Queues 1",
            "Hosts 1",
            "Workers 1",
            "Inbox 1",
            "Activity",
            "System",
            "Help");
    assertThat(document.selectFirst(".side [aria-current]").text()).isEqualTo("Workers 1");
    assertThat(document.select(".menu a").eachText())
        .isEqualTo(document.select(".side a").eachText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/queues?cursor=",
        "/admin/queues/payments?cursor=",
        "/admin/queues/payments?place=claimed&cursor=",
        "/admin/queues/payments?place=returned&cursor=",
        "/admin/workers?cursor=",
        "/admin/work?state=ended&cursor=",
        "/admin/work?state=waiting&project=payments&cursor=",
        "/admin/inbox?cursor=",
        "/admin/work?state=dead&cursor=",
        "/admin/activity?cursor="
      })
  void aCursorFromElsewhereIsAClearPage(String path) {
    for (String cursor : List.of("nonsense", "AAAA", "%00", "a%2Fb", "a".repeat(3_000))) {
      PageAnswer page = page(path + cursor);

      assertThat(page.status()).as(cursor).isEqualTo(400);
      assertThat(page.text()).contains("This page of the list does not exist", "Go to ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/queues?cursor=",
        "/admin/queues/payments?cursor=",
        "/admin/workers?cursor=",
        "/admin/work?state=ended&cursor=",
        "/admin/inbox?lane=normal&cursor=",
        "/admin/work?state=dead&cursor="
      })
  void aCursorFromYesterdayGoesOnWhereItPoints(String path) {
    assertThat(page(path + new Cursor(1, "long gone").text()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/queues",
        "/admin/queues/payments",
        "/admin/workers",
        "/admin/workers/w-1",
        "/admin/work?state=ended",
        "/admin/sessions/s-1",
        "/admin/work?state=dead",
        "/admin/stops/stp-1",
        "/admin/keys"
      })
  void whileTheStoreIsAwayAPageSaysSo(String path) {
    server.store.away(true);

    PageAnswer page = adminPage(path);

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.text()).contains("The store does not answer", "Workers keep their sessions");
    assertThat(page.document().selectFirst(".side")).isNotNull();
  }

  @Test
  void anAddressThatNoPageHasIsAClearPage() {
    for (String path :
        List.of(
            "/admin/nowhere",
            "/admin/queues/a/b",
            "/admin/workers/w-1/nothing",
            "/admin/sessions/s-1/nothing",
            "/admin/keys/a/b",
            "/admin/login/x",
            "/admin/logout")) {
      PageAnswer page = page(path);
      assertThat(page.status()).as(path).isEqualTo(404);
      assertThat(page.text()).as(path).contains("No such page");
    }
  }

  @Test
  void controlCharactersAreNoNames() {
    for (String path : List.of("/admin/queues/", "/admin/workers/", "/admin/sessions/")) {
      assertThat(page(path + "a%0Ab").status()).as(path).isEqualTo(404);
      assertThat(page(path + "a".repeat(300)).status()).as(path).isEqualTo(404);
    }
  }
}
