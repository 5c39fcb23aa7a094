package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileDataTest extends PageTestBase {

  static List<String> names() {
    return List.of(
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "{{page}}{{{chrome}}}",
        "</title></main><h1>gone</h1>",
        "\u202egnp.exe\u200f\u2066",
        "a&lt;b&amp;c",
        "x".repeat(250),
        "../../api/work?x=1#y",
        "`${alert(1)}`");
  }

  @ParameterizedTest
  @MethodSource("names")
  void itIsTextOnEveryPage(String hostile) {
    fill(hostile);
    Visitor admin =
        new Visitor(hostile.replace('|', '/'), "x", VisitorRole.ADMIN, fleet.org, false);

    for (String path :
        List.of(
            "/admin",
            "/admin/charts",
            "/admin/queues",
            "/admin/workers",
            "/admin/work",
            "/admin/work?state=dead",
            "/admin/work?health=ok",
            "/admin/inbox",
            "/admin/inbox?lane=normal",
            "/admin/work?state=dead",
            "/admin/activity",
            "/admin/keys",
            "/admin/system")) {
      PageAnswer page = getAscii(path, admin);
      Harmless.check(page);
      assertThat(page.status()).as(path).isEqualTo(200);
      for (Element link : page.main().select("a[href^=/admin/]")) {
        PageAnswer linked = getAscii(link.attr("href"), admin);
        Harmless.check(linked);
        assertThat(linked.status()).as(link.attr("href")).isEqualTo(200);
      }
    }
    assertThat(page("/admin/queues").main().selectFirst("tbody th").wholeText())
        .contains(shown(hostile));
    PageAnswer session =
        adminPage(
            page("/admin/work").main().selectFirst("tbody th a").attr("href")
                + "?item=show&activities=all");
    Harmless.check(session);
    String text = session.main().wholeText();
    assertThat(text)
        .contains(hostile + " payload", hostile + " told", hostile + " said", hostile + " item");
  }

  /** Omits the visitor's name, since headers are ASCII. */
  private PageAnswer getAscii(String path, Visitor visitor) {
    boolean ascii = visitor.name().chars().allMatch(c -> c >= 32 && c < 127);
    return server.get(path, ascii ? visitor : fleet.visitor(VisitorRole.ADMIN));
  }

  @Test
  void whatIsLongIsCutAndSaidToBe() {
    String longText = "long ".repeat(2_000);
    fill(longText.substring(0, 200), longText);

    String link = page("/admin/work").main().selectFirst("tbody th a").attr("href");
    PageAnswer page = adminPage(link);

    Harmless.check(page);
    assertThat(page.body()).hasSizeLessThan(60_000).contains("…");
  }

  private void fill(String hostile) {
    fill(hostile, hostile);
  }

  private void fill(String name, String text) {
    String id = "s " + name.substring(0, Math.min(200, name.length()));
    fleet.worker("w " + id, 10, List.of(name), name);
    fleet
        .work(id)
        .identifier(name)
        .project(name)
        .needs(name)
        .item("\"" + text + " item\"")
        .enqueue();
    fleet.poll("w " + id, 1);
    fleet.report(
        id,
        "w " + id,
        SessionState.RUNNING,
        Map.of("error", json(text + " said"), "externalUrls", json(text)));
    fleet.tell(id, "w " + id, "action", "{\"content\":" + json(text + " told") + "}", name);
    fleet.send(id, MessageType.DIRECTIVE, Lane.URGENT, text + " payload", name);
    fleet.work("waiting " + id).project(name).needs(name).enqueue();
    fleet.work("dead " + id).project(name).deadline(server.clock.now() + 1).enqueue();
    server.clock.jump(Duration.ofMillis(2));
    fleet.sweep();
    fleet.pause(name, text.substring(0, Math.min(500, text.length())), name);
    fleet.key("key " + id, name);
    String reason = text.substring(0, Math.min(200, text.length()));
    fleet.act(name, name, name, reason, reason);
  }

  private static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String shown(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }
}
