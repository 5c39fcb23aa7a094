package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Hostile names and texts on all pages and those that they lead to. In the long form each is a name
 * of its own; else names are joined that work in different places, so that each place still meets
 * its own.
 */
class HostileDataIT extends BrowserTest {

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  private static final String TAG = "<script>window.hit = 1</script>";
  private static final String IN_DOUBLE_QUOTES = "\"><img src=x onerror=window.hit=1>";
  private static final String IN_QUOTES =
      "' onmouseover='window.hit=1' autofocus onfocus='window.hit=1' x='";
  private static final String IN_TITLE = "</title></main><svg/onload=window.hit=1>";
  private static final String TEMPLATE = "{{constructor.constructor('window.hit=1')()}}";
  private static final String ADDRESS = "javascript:window.hit=1";
  private static final String DIRECTIONS = "\u202egnp.exe\u200f\u2066";
  private static final String PATH = "../../api/work?x=1#y%2e%2e";

  private static final List<String> NAMES =
      LONG
          ? List.of(
              TAG,
              IN_DOUBLE_QUOTES,
              IN_QUOTES,
              TEMPLATE,
              IN_TITLE,
              ADDRESS,
              DIRECTIONS,
              "x".repeat(250),
              PATH)
          : List.of(
              TAG + IN_DOUBLE_QUOTES + IN_QUOTES + IN_TITLE,
              ADDRESS + ";" + TEMPLATE,
              DIRECTIONS + "x".repeat(230),
              PATH);

  private static final String LINKS =
      "return [...document.querySelectorAll('main a')].map(each => each.getAttribute('href'))";

  @Override
  public Dashboard startDashboard() {
    return Dashboard.onHazelcast();
  }

  @BeforeAll
  void fill() {
    NAMES.forEach(this::fill);
    browser.logIn("admin");
    browser.width(Browser.PHONE);
    browser.complaints();
  }

  @Test
  void itIsTextOnEveryPageAndOnAllThatTheyLeadTo() {
    Deque<String> next = new ArrayDeque<>();
    PageUnderTest.all()
        .filter(page -> page.status() == 200 && !page.path().contains("{"))
        .filter(page -> !page.path().contains("/findings/")) // of another scene
        .forEach(page -> next.add(page.path()));
    Set<String> seen = new LinkedHashSet<>(next);
    while (!next.isEmpty()) {
      String path = next.remove();
      browser.open(path);
      isHarmless(path);
      browser.measure(LINKS).stream()
          .filter(
              href ->
                  href.startsWith("/admin/")
                      && href.matches(".*/(queues|hosts|workers|sessions)/.*"))
          .map(href -> href.replaceFirst("\\?.*", ""))
          .filter(seen::add)
          .forEach(next::add);
    }
    assertThat(seen).hasSizeGreaterThan(4 * NAMES.size());
  }

  private void isHarmless(String path) {
    assertThat(browser.run("return window.hit")).as(path).isNull();
    assertThat(browser.complaints()).filteredOn(line -> !isOfStreams(line)).as(path).isEmpty();
    assertThat(browser.all("main h1")).as(path).hasSize(1);
    assertThat(browser.measure(Layout.SIDEWAYS)).as(path).isEmpty();
    assertThat(browser.measure("return [...document.links].map(each => each.protocol)"))
        .as(path)
        .containsOnly("http:");
  }

  /** The limit of streams, met only because the test turns pages so fast. */
  private static boolean isOfStreams(String line) {
    return line.contains("/admin/events - ") || line.matches(".*/htmx\\.js\\S* \\S+ Event");
  }

  private void fill(String hostile) {
    String name = hostile.substring(0, Math.min(240, hostile.length()));
    ObjectNode registration =
        object().put("hostname", name).put("capacity", 9).put("version", name);
    registration.putArray("projects").add(name);
    registration.putArray("capabilities").add(name);
    SceneWorker worker = dashboard.worker(registration.toString());
    enqueue("s " + name, name, hostile);
    enqueue("dead " + name, name, hostile);
    worker.poll(1);
    worker.report("s " + name, "running", "error", hostile, "summary", hostile);
    worker.uses("s " + name, name, hostile);
    ObjectNode message =
        object().put("type", "directive").put("payload", hostile).put("userName", name);
    dashboard.post(
        "/api/sessions/" + SceneWorker.encoded("s " + name) + "/inbox", message.toString());
    worker.poll(1);
    worker.nack("dead " + name, hostile);
    SceneWorker other = dashboard.worker(registration.put("hostname", "other").toString());
    other.poll(1);
    other.nack("dead " + name, hostile);
    enqueue("waiting " + name, name, hostile);
    String queue = "/api/queues/" + SceneWorker.encoded(name);
    dashboard.post(queue + "/pause", object().put("reason", hostile).toString());
    ObjectNode key = object().put("name", name).put("type", "user");
    key.putArray("scopes").add("work:write");
    dashboard.post("/api/keys", key.toString());
  }

  private void enqueue(String id, String name, String prompt) {
    ObjectNode item = object().put("sessionId", id).put("projectName", name).put("prompt", prompt);
    item.put("issueIdentifier", name).putArray("requiredCapabilities").add(name);
    dashboard.post("/api/work", item.toString());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
