package dev.sluice.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.SessionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivePagesTest extends PageTestBase {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int WORKERS = 40;
  private static final int EVENT = "event: fleet\ndata: \n\n".length();

  private Visitor viewer;

  @BeforeEach
  void aFleetAtWork() {
    server.holdTime();
    viewer = fleet.visitor(VisitorRole.VIEWER);
    for (int i = 0; i < WORKERS; i++) {
      fleet.worker("w-" + i, 1, List.of());
      if (i % 2 == 0) {
        fleet.work("s-" + i).project("p-" + i).enqueue();
        fleet.poll("w-" + i, 1);
        fleet.report("s-" + i, "w-" + i, SessionState.RUNNING, Map.of());
      }
    }
  }

  /** Workers call, as they always do; before, each call made open pages load again. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/admin", "/admin/work", "/admin/workers", "/admin/sessions/s-0", "/admin/charts"})
  void aQuietMinuteTakesATwentiethOfTheWholePages(String path) throws Exception {
    server.pass(Duration.ofMinutes(2));
    for (int i = 0; i < WORKERS; i++) {
      fleet.beat("w-" + i);
    }
    server.pass(SECOND);
    OpenPage open = new OpenPage(server, path, viewer);
    long whole = 0;
    long updates = 0;
    try (EventTab tab = EventTab.open(server, viewer)) {
      String mark = tab.next().get("mark").asText();
      for (int second = 0; second < 60; second++) {
        fleet.beat("w-" + second % WORKERS);
        server.pass(SECOND);
        JsonNode event = tab.next();
        assertThat(event.get("mark").asText()).isNotEqualTo(mark);
        mark = event.get("mark").asText();

        updates += EVENT + event.toString().length() + open.update();
        PageAnswer page = server.get(path, viewer);
        whole += page.body().getBytes(StandardCharsets.UTF_8).length;
        assertThat(withoutAges(open.text())).isEqualTo(withoutAges(page.body()));
      }
    }
    System.out.printf("%s: %,d bytes a minute, whole pages %,d%n", path, updates, whole);
    assertThat(updates * 20).isLessThan(whole);
  }

  @Test
  void whatChangesIsShownWithTheNextAnswer() throws Exception {
    OpenPage open = new OpenPage(server, "/admin/work", viewer);
    open.update();

    fleet.work("new").project("p-0").enqueue();
    fleet.poll("w-1", 1);
    server.pass(SECOND);
    open.update();

    assertThat(open.text()).contains("/admin/sessions/new");
    assertThat(withoutAges(open.text()))
        .isEqualTo(withoutAges(server.get("/admin/work", viewer).body()));
  }

  @Test
  void aTextThatTheServerDoesNotHaveIsSentWhole() {
    for (String name : List.of("", "of another node")) {
      PageAnswer page =
          server.send(server.request("/admin", viewer).header("Sluice-Page", name).build());

      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.header("Sluice-Page")).isNotEmpty();
      assertThat(page.main().text()).isNotEmpty();
    }
  }

  @Test
  void onlyOpenPagesAreKept() {
    PageAnswer login =
        server.send(server.request("/admin/login", viewer).header("Sluice-Page", "").build());

    assertThat(login.header("Sluice-Page")).isEmpty();
    assertThat(server.get("/admin", viewer).header("Sluice-Page")).isEmpty();
  }

  private static String withoutAges(String page) {
    return page.replaceAll("(<time [^>]*>)[^<]*", "$1").replaceFirst("<span id=\"age\".*", "");
  }
}
