package dev.sluice.service.http.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.Cursor;
import dev.sluice.service.http.Answer;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.StrictJson;
import dev.sluice.service.http.TestWorker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Lists of which a key that is bound to a project sees a part. */
abstract class SealedCursorContract {

  /** Each with its array. Pages are smaller than the entries of the other project in a row. */
  private static final List<List<String>> LISTS =
      List.of(
          List.of("/api/work?place=ended&limit=2", "work"),
          List.of("/api/work?limit=2", "work"),
          List.of("/api/public/sessions?limit=2", "sessions"),
          List.of("/api/sessions?limit=100", "sessions"),
          List.of("/api/dead?limit=1", "dead"),
          List.of("/api/workers?limit=1", "workers"),
          List.of("/api/queues?limit=1", "queues"),
          List.of("/api/config?limit=1", "projects"),
          List.of("/api/inbox?limit=1", "messages"));

  private final String mine = "mine-" + System.nanoTime();

  /** The ids of its sessions begin with it, too. */
  private final String theirs = "theirs-" + System.nanoTime();

  protected abstract AuthEdge edge();

  @Test
  void pagesTellNothingOfOtherProjects() {
    OpsOrg org = OpsOrg.of(edge());
    fill(org);
    String bound = org.bound(mine);
    Set<String> secrets = secrets(org, bound);
    Set<String> tell = new TreeSet<>();

    for (List<String> list : LISTS) {
      String path = list.get(0);
      List<JsonNode> pages = pages(org, bound, path);
      Set<Integer> lengths = new TreeSet<>();
      for (JsonNode page : pages) {
        assertThat(page.toString()).as(path).doesNotContain(theirs);
        if (page.has("count")) {
          assertThat(page.at("/count").asInt()).isEqualTo(page.at("/" + list.get(1)).size());
        }
        String cursor = page.path("nextCursor").asText();
        if (decoded(cursor).stream().anyMatch(text -> secrets.stream().anyMatch(text::contains))) {
          tell.add(path);
        }
        lengths.add(cursor.length());
      }
      if (lengths.size() > 2) { // of the cursors, and of none at the end
        tell.add(path + " by its length");
      }
      assertThat(entries(pages, list.get(1))).as(path).doesNotHaveDuplicates().isNotEmpty();
    }
    assertThat(tell).isEmpty();
    assertThat(ids(pages(org, bound, LISTS.get(0).get(0)), "work"))
        .containsExactlyInAnyOrder(mine + "-1", mine + "-2", mine + "-3", mine + "-4");
    assertThat(entries(pages(org, bound, LISTS.get(2).get(0)), "sessions"))
        .as("ended ones, a dead and a claimed one")
        .hasSize(6);
  }

  @Test
  void aCursorIsOfOneListOfOneOrg() {
    OpsOrg org = OpsOrg.of(edge());
    for (int i = 0; i < 2; i++) {
      org.enqueue(theirs + i, theirs + i);
    }
    String path = "/api/work?limit=1";
    String cursor = org.done("GET", path, null).at("/nextCursor").asText();
    assertThat(org.done("GET", path + "&cursor=" + cursor, null).at("/work")).hasSize(1);

    refused(OpsOrg.of(edge()), path, cursor);
    refused(org, "/api/public/sessions?limit=1", cursor);
    refused(org, "/api/queues?limit=1", cursor);
    for (int at : List.of(0, cursor.length() / 2, cursor.length() - 1)) {
      char other = cursor.charAt(at) == 'A' ? 'B' : 'A';
      refused(org, path, cursor.substring(0, at) + other + cursor.substring(at + 1));
    }
    refused(org, path, cursor + "=");
    refused(org, path, cursor.substring(4));
    String old = new Cursor(1, theirs + "0").text();
    for (List<String> list : LISTS) {
      for (String plain :
          List.of(old, "e" + old, "e", "ended." + old + "..", "ended...", "claimed...", "0")) {
        refused(org, list.get(0), plain);
      }
    }
  }

  @Test
  void aBulkGoesOnByItsCursorAlone() {
    OpsOrg org = OpsOrg.of(edge());
    org.waiting(mine, 10_001);
    JsonNode first = org.done("POST", "/api/bulk", countOf(mine, ""));
    assertThat(first.at("/matched").asInt()).isEqualTo(10_000);
    String cursor = first.at("/nextCursor").asText();
    assertThat(decoded(cursor)).noneMatch(text -> text.contains(mine));
    JsonNode last = org.done("POST", "/api/bulk", countOf(mine, cursor));
    assertThat(last.at("/matched").asInt()).isOne();
    assertThat(last.has("nextCursor")).isFalse();
    for (String plain : List.of("0", "2" + new Cursor(1, mine).text())) {
      JsonNode refused = org.refused(400, "POST", "/api/bulk", countOf(mine, plain));
      assertThat(refused.at("/code").asText()).isEqualTo("invalid-cursor");
    }
  }

  private static String countOf(String project, String cursor) {
    return "{\"verb\":\"cancel\",\"filter\":{\"project\":\"%s\"},\"dryRun\":true,\"cursor\":\"%s\"}"
        .formatted(project, cursor);
  }

  /** Decodes a cursor, and each part of it that may be one. */
  private static List<String> decoded(String cursor) {
    List<String> texts = new ArrayList<>(List.of(cursor));
    List<String> parts = new ArrayList<>(Arrays.asList(cursor.split("\\.")));
    parts.add(cursor.isEmpty() ? "" : cursor.substring(1));
    for (String part : parts) {
      try {
        texts.add(new String(Base64.getUrlDecoder().decode(part), ISO_8859_1));
      } catch (IllegalArgumentException e) {
        // none in it
      }
    }
    return texts;
  }

  private void fill(OpsOrg org) {
    running(org, theirs + "-z");
    running(org, mine);
    running(org, theirs + "-y");
    org.dead(theirs + "-a", 1);
    org.dead(mine, 1);
    org.dead(theirs + "-b", 1);
    ended(org, List.of(mine + "-1", mine + "-2"));
    ended(org, theirs + "-c", 1_000);
    ended(org, List.of(mine + "-3", mine + "-4"));
    ended(org, theirs + "-d", 200);
  }

  /** Has a message. */
  private static void running(OpsOrg org, String project) {
    String id = project + "-runs";
    org.enqueue(project, id);
    TestWorker worker = org.worker(project, 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly(id);
    String message = "{\"type\":\"directive\",\"payload\":\"hello\"}";
    org.done("POST", "/api/sessions/" + id + "/inbox", message);
  }

  private void ended(OpsOrg org, List<String> ids) {
    for (String id : ids) {
      org.enqueue(mine, id);
      org.done("DELETE", "/api/work/" + id, null);
    }
  }

  private static void ended(OpsOrg org, String project, int count) {
    org.waiting(project, count);
    String filter = "{\"project\":\"" + project + "\"}";
    String cancel = "{\"verb\":\"cancel\",\"filter\":" + filter + ",\"dryRun\":false}";
    while (org.done("POST", "/api/bulk", cancel).at("/more").asBoolean()) {}
  }

  /** Names and times of the other project, as bytes that a cursor might hold. */
  private Set<String> secrets(OpsOrg org, String bound) {
    Set<String> secrets = new TreeSet<>(List.of(theirs));
    for (String path : List.of("/api/work?place=ended", "/api/dead")) {
      for (JsonNode page :
          pages(org, org.key(), path + (path.contains("?") ? "&" : "?") + "limit=1000")) {
        for (JsonNode work : page.path(path.equals("/api/dead") ? "dead" : "work")) {
          if (work.at("/project").asText().startsWith(theirs)) {
            secrets.add(bytes(work.at("/endedAt").asLong()));
          }
        }
      }
    }
    assertThat(secrets).as("times of ends").hasSizeGreaterThan(2);
    List<JsonNode> own = entries(pages(org, bound, "/api/workers?limit=1000"), "workers");
    for (JsonNode worker : entries(pages(org, org.key(), "/api/workers?limit=1000"), "workers")) {
      if (!own.contains(worker)) {
        secrets.add(worker.at("/id").asText());
      }
    }
    return secrets;
  }

  private static String bytes(long number) {
    return new String(ByteBuffer.allocate(Long.BYTES).putLong(number).array(), ISO_8859_1);
  }

  private static List<JsonNode> pages(OpsOrg org, String bearer, String path) {
    List<JsonNode> pages = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = org.done(bearer, "GET", path + cursor, null);
      pages.add(page);
      cursor = page.has("nextCursor") ? "&cursor=" + page.at("/nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return pages;
  }

  private static List<JsonNode> entries(List<JsonNode> pages, String array) {
    List<JsonNode> entries = new ArrayList<>();
    pages.forEach(page -> page.at("/" + array).forEach(entries::add));
    return entries;
  }

  private static List<String> ids(List<JsonNode> pages, String array) {
    return entries(pages, array).stream().map(each -> each.at("/sessionId").asText()).toList();
  }

  private static void refused(OpsOrg org, String path, String cursor) {
    Answer answer = org.edge().call("GET", path + "&cursor=" + cursor, org.key(), null);
    assertThat(answer.status()).as("%s, %s: %s", path, cursor, answer.body()).isEqualTo(400);
    assertThat(StrictJson.read(answer).at("/code").asText()).isEqualTo("invalid-cursor");
  }
}
