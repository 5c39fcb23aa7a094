package dev.sluice.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.AuditNote;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTest extends PageTestBase {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<EventTab> tabs = new ArrayList<>();
  private Visitor viewer;

  @BeforeEach
  void hold() {
    server.holdTime();
    String name = "viewer of " + fleet.org; // whose login no other test ends
    viewer = new Visitor(name, "operator:" + name, VisitorRole.VIEWER, fleet.org, false);
  }

  @AfterEach
  void close() {
    tabs.forEach(EventTab::close);
  }

  private EventTab open(Visitor visitor) throws Exception {
    return kept(EventTab.open(server, visitor));
  }

  private EventTab kept(EventTab tab) {
    tabs.add(tab);
    return tab;
  }

  private String markOfPage(String path) {
    return server.get(path, viewer).document().getElementById("age").attr("data-mark");
  }

  @Test
  void itBeginsWithTheStateThatThePageShows() throws Exception {
    fleet.work("s-1").enqueue();
    PageAnswer page = server.get("/admin/queues", viewer);
    assertThat(page.document().body().attr("data-events")).isEqualTo("/admin/events");

    EventTab tab = open(viewer);

    assertThat(tab.status()).isEqualTo(200);
    assertThat(tab.response.headers().firstValue("Content-Type"))
        .hasValue("text/event-stream;charset=utf-8");
    assertThat(tab.response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(tab.line()).isEqualTo("retry: 2000");
    JsonNode event = tab.next();
    assertThat(event.get("mark").asText()).isEqualTo(markOfPage("/admin/queues"));
    assertThat(event.get("now").asLong()).isEqualTo(server.clock.now());
    assertThat(event.get("taken").asLong()).isEqualTo(server.clock.now());
    assertThat(event.get("away").asBoolean()).isFalse();
  }

  @Test
  void itIsToldOnceASecondAndOnlyWhenSomethingChanged() throws Exception {
    EventTab tab = open(viewer);
    String first = tab.next().get("mark").asText();
    server.pass(SECOND);
    server.pass(SECOND);
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    server.pass(Duration.ofMillis(400)); // not yet due
    fleet.work("s-3").enqueue();
    server.pass(SECOND);

    JsonNode event = tab.next();

    assertThat(event.get("mark").asText()).isNotEqualTo(first).isEqualTo(markOfPage("/admin"));
    assertThat(event.get("now").asLong()).isEqualTo(server.clock.now());
    assertThat(server.get("/admin", viewer).document().select(".summary").text())
        .contains("Waiting 3");
  }

  @Test
  void whatNoFigureShowsIsToldToo() throws Exception {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    EventTab tab = open(viewer);
    String first = tab.next().get("mark").asText();

    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "go on", "ann");
    server.pass(SECOND);

    assertThat(tab.next().get("mark").asText()).isNotEqualTo(first);
    assertThat(server.get("/admin/sessions/s-1", viewer).text()).contains("go on");
  }

  @Test
  void howOldTheFiguresAreIsToldEachFiveSecondsInAnyCase() throws Exception {
    EventTab tab = open(viewer);
    String first = tab.next().get("mark").asText();
    for (int i = 0; i < 5; i++) {
      server.pass(SECOND);
    }

    JsonNode event = tab.next();

    assertThat(event.get("mark").asText()).isEqualTo(first);
    assertThat(event.get("taken").asLong()).isEqualTo(server.clock.now());
  }

  @Test
  void thatTheStoreIsAwayAndBackIsTold() throws Exception {
    EventTab tab = open(viewer);
    JsonNode first = tab.next();

    server.store.away(true);
    server.pass(SECOND);
    JsonNode away = tab.next();
    assertThat(away.get("away").asBoolean()).isTrue();
    assertThat(away.get("mark")).isNotEqualTo(first.get("mark"));
    assertThat(away.get("taken")).isEqualTo(first.get("taken"));
    PageAnswer page = server.get("/admin/queues", viewer);
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.document().select("#bar").text()).contains("The store does not answer");
    server.pass(Duration.ofSeconds(10));
    server.pass(SECOND);
    assertThat(server.get("/admin", viewer).document().getElementById("age").text())
        .startsWith("stale, as of 12 s ago");

    server.store.away(false);
    server.pass(SECOND);
    JsonNode event = tab.next();
    while (event.get("away").asBoolean()) {
      event = tab.next();
    }
    assertThat(event.get("taken").asLong()).isEqualTo(server.clock.now());
    assertThat(server.get("/admin/queues", viewer).status()).isEqualTo(200);
  }

  @Test
  void otherOrgsAreNoneOfItsBusiness() throws Exception {
    TestFleet other = new TestFleet(server);
    EventTab tab = open(viewer);
    EventTab others = open(other.visitor(VisitorRole.VIEWER));
    String first = tab.next().get("mark").asText();
    others.next();

    other.work("s-1").enqueue();
    server.pass(SECOND);
    others.next();
    fleet.work("s-1").enqueue();
    server.pass(SECOND);

    JsonNode event = tab.next();
    assertThat(event.get("mark").asText()).isNotEqualTo(first);
    assertThat(event.get("now").asLong()).isEqualTo(server.clock.now());
    assertThat(event.toString()).doesNotContain(other.org);
  }

  @Test
  void whoSeesEveryOrgHearsOfTheOneAskedFor() throws Exception {
    Visitor root = new Visitor("root", "operator:root", VisitorRole.ADMIN, "default", true);
    String path = "/admin?org=" + fleet.org;
    String events = server.get(path, root).document().body().attr("data-events");
    assertThat(events).isEqualTo("/admin/events?org=" + fleet.org);
    EventTab tab = kept(EventTab.open(server.request(events, root)));
    String first = tab.next().get("mark").asText();

    fleet.work("s-1").enqueue();
    server.pass(SECOND);

    assertThat(tab.next().get("mark").asText()).isNotEqualTo(first);
    assertThat(open(viewer).next().get("mark").asText()).isNotEqualTo(first);
  }

  @Test
  void findingsThatNobodyHasInHandAreCounted() throws Exception {
    EventTab tab = open(viewer);
    assertThat(tab.next().get("alerts").asInt()).isZero();
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.pause("payments", "money \"moves\"", "ann");
    server.pass(SECOND);
    server.record();
    server.pass(SECOND);

    JsonNode now = once();
    assertThat(now.get("alerts").asInt()).isEqualTo(1);
    assertThat(now.get("news")).hasSize(1);
    assertThat(now.at("/news/0/key").asText()).isEqualTo("paused.payments");
    assertThat(now.at("/news/0/words").asText()).isEqualTo("payments is paused, 1 waits");
    assertThat(now.at("/news/0/at").asLong()).isPositive();

    AuditNote ann = new AuditNote("ann", "");
    server.store.there().findings().acknowledge(fleet.org, "paused.payments", ann);
    server.pass(SECOND);
    assertThat(once().get("alerts").asInt()).isZero();
    assertThat(server.get("/admin/events?once=1", null).status()).isEqualTo(401);
  }

  @Test
  void allFindingsThatBeginAtOnceAreNews() throws Exception {
    fleet.worker("w-1");
    for (int i = 0; i < 12; i++) {
      fleet.work("s-" + i).project("p-" + i).enqueue();
      fleet.pause("p-" + i, "deploy", "ann");
    }
    open(viewer);
    server.pass(SECOND);
    server.record();
    server.pass(SECOND);

    JsonNode now = once();
    assertThat(now.get("alerts").asInt()).isEqualTo(12);
    assertThat(now.get("news")).hasSize(10);
    assertThat(now.get("news"))
        .extracting(each -> each.get("key").asText())
        .doesNotHaveDuplicates();
  }

  private JsonNode once() throws Exception {
    PageAnswer answer = server.get("/admin/events?once=1", viewer);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void nobodyAndOtherSitesGetNone() throws Exception {
    assertThat(open(null).status()).isEqualTo(401);
    EventTab foreign =
        kept(
            EventTab.open(
                server.request("/admin/events", viewer).header("Sec-Fetch-Site", "cross-site")));
    assertThat(foreign.status()).isEqualTo(403);
    PageAnswer head =
        server.send(
            server
                .request("/admin/events", viewer)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(head.status()).isEqualTo(405);
  }

  @Test
  void itEndsAfterTenMinutesAtTheLatestAndTheNextGoesOn() throws Exception {
    EventTab tab = open(viewer);
    tab.next();
    server.pass(Duration.ofMinutes(7));
    tab.next();

    server.pass(Duration.ofMinutes(3));

    assertThat(tab.ended()).noneMatch(line -> line.startsWith("data"));
    assertThat(open(viewer).status()).isEqualTo(200);
  }

  @Test
  void itEndsWithTheLogin() throws Exception {
    EventTab tab = open(viewer);
    server.logOut(viewer.name());

    server.pass(Duration.ofSeconds(5));

    tab.ended();
    assertThat(open(viewer).status()).isEqualTo(401);
  }

  @Test
  void eventsAreNotHeldBackByCompression() throws Exception {
    EventTab tab =
        kept(
            EventTab.open(
                server.request("/admin/events", viewer).header("Accept-Encoding", "gzip")));

    assertThat(tab.response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(tab.next().get("mark").asText()).isNotEmpty();
  }
}
