package dev.sluice.service.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.AuthEdge;
import dev.sluice.service.http.OpsOrg;
import dev.sluice.service.http.TestWorker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class SearchContract {

  protected abstract AuthEdge edge();

  @Test
  void runningWorkIsFoundByWordsAndOtherWorkByItsId() {
    OpsOrg org = OpsOrg.of(edge());
    item(org, "flaky", "shop", "ENG-526", "Fix flaky checkout test");
    TestWorker worker = org.worker("build-eu-1", "shop", 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("flaky");
    item(org, "next", "shop", "ENG-527", "Fix flaky login");

    JsonNode found = search(org, org.key(), "FLAKY build-eu");
    assertThat(found.at("/sessions").findValuesAsText("sessionId")).containsExactly("flaky");
    assertThat(found.at("/sessions/0/title").asText()).isEqualTo("Fix flaky checkout test");
    assertThat(found.at("/sessions/0/host").asText()).isEqualTo("build-eu-1");
    assertThat(found.at("/sessions/0/place").asText()).isEqualTo("claimed");

    JsonNode host = search(org, org.key(), "BUILD-eu-1");
    assertThat(host.at("/hosts/0").asText()).isEqualTo("build-eu-1");
    assertThat(host.at("/workers").findValuesAsText("workerId")).containsExactly(worker.id());
    assertThat(search(org, org.key(), "sho").at("/projects/0").asText()).isEqualTo("shop");

    JsonNode waiting = search(org, org.key(), "next");
    assertThat(waiting.at("/sessions").findValuesAsText("place")).containsExactly("ready");
    assertThat(search(org, "flaky")).as("once").startsWith("flaky").doesNotHaveDuplicates();
  }

  @Test
  void waitingWorkIsFoundByWordsBehindRunningAndBeforeOtherWork() {
    OpsOrg org = OpsOrg.of(edge());
    item(org, "runs", "shop", "ENG-1", "Fix checkout");
    assertThat(TestWorker.claimed(org.worker("build-eu-1", "shop", 1).poll()))
        .containsExactly("runs");
    item(org, "cancelled", "shop", "ENG-2", "Drop checkout");
    org.done("DELETE", "/api/work/cancelled?reason=r", null);
    item(org, "one", "shop", "ENG-3", "Speed up checkout");
    item(org, "two", "mine", "ENG-4", "Test checkout");
    item(org, "other", "mine", "ENG-5", "Test login");

    JsonNode found = whole(org, "CHECKOUT");

    JsonNode sessions = found.at("/sessions");
    assertThat(sessions.findValuesAsText("sessionId"))
        .containsExactly("runs", "one", "two", "cancelled");
    assertThat(sessions.findValuesAsText("place"))
        .containsExactly("claimed", "ready", "ready", "ended");
    assertThat(sessions.findValuesAsText("title")).contains("Speed up checkout");
    assertThat(found.at("/lookedAt").toString())
        .isEqualTo("{\"waiting\":3,\"dead\":0,\"ended\":1,\"reading\":false}");
    for (String text : List.of("eng-4", "two", "MINE test checkout")) {
      assertThat(search(org, text)).as(text).containsExactly("two");
    }
    JsonNode mine = search(org, bound(org, "mine"), "checkout");
    assertThat(mine.at("/sessions").findValuesAsText("sessionId")).containsExactly("two");
    assertThat(mine.at("/lookedAt/waiting").asInt()).isEqualTo(2);
  }

  @Test
  void deadAndEndedWorkIsFoundByWordsBehindLiveWork() {
    OpsOrg org = OpsOrg.of(edge());
    item(org, "failed", "shop", "ENG-1", "Fix checkout");
    item(org, "denied", "shop", "ENG-2", "Speed up checkout");
    TestWorker worker = org.worker("build-eu-1", "shop", 2);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("failed", "denied");
    assertThat(worker.report("failed", "failed").status()).isEqualTo(200);
    org.nack(worker, "denied", "{\"reason\":\"no disk\"}");
    item(org, "runs", "shop", "ENG-3", "Test checkout");
    item(org, "cancelled", "shop", "ENG-4", "Drop checkout");
    org.done("DELETE", "/api/work/cancelled?reason=r", null);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("runs");

    JsonNode found = search(org, org.key(), "CHECKOUT");

    JsonNode sessions = found.at("/sessions");
    assertThat(sessions.findValuesAsText("sessionId"))
        .containsExactly("runs", "denied", "cancelled", "failed");
    assertThat(sessions.findValuesAsText("place"))
        .containsExactly("claimed", "dead", "ended", "ended");
    assertThat(found.at("/lookedAt").toString())
        .isEqualTo("{\"waiting\":0,\"dead\":1,\"ended\":2,\"reading\":false}");
    assertThat(search(org, org.key(), "checkout build-eu").at("/sessions").findValuesAsText("host"))
        .containsExactly("build-eu-1", "build-eu-1", "build-eu-1");
    assertThat(search(org, org.key(), "eng-1").at("/sessions")).as("once").hasSize(1);
    String mine = search(org, bound(org, "mine"), "checkout").toString();
    assertThat(mine).isEqualTo(NOTHING);
  }

  @Test
  void workInAnyPlaceIsFoundByItsIssue() {
    OpsOrg org = OpsOrg.of(edge());
    item(org, "cancelled", "shop", "ENG-7", "First try");
    org.done("DELETE", "/api/work/cancelled?reason=r", null);
    item(org, "waiting", "shop", "eng-7", "Second try");
    item(org, "other", "shop", "ENG-70", "Another issue");

    JsonNode found = whole(org, "Eng-7").at("/sessions");

    assertThat(found.findValuesAsText("sessionId"))
        .as("of the issue; by words; of the issue")
        .containsExactly("waiting", "other", "cancelled");
    assertThat(found.findValuesAsText("place")).containsExactly("ready", "ready", "ended");
    assertThat(found.findValuesAsText("state")).containsExactly("pending", "pending", "stopped");
    assertThat(found.findValuesAsText("issueIdentifier"))
        .containsExactly("eng-7", "ENG-70", "ENG-7");
    assertThat(found.findValuesAsText("title"))
        .containsExactly("Second try", "Another issue", "First try");
  }

  @Test
  void endedWorkOfAnIssueHidesNoLiveWork() {
    OpsOrg org = OpsOrg.of(edge());
    item(org, "claimed", "shop", "ENG-90", "Undo eng-9");
    assertThat(TestWorker.claimed(org.worker("shop", 1).poll())).containsExactly("claimed");
    for (int i = 0; i < 50; i++) {
      item(org, "ended-" + i, "shop", "ENG-9", "Ended");
      org.done("DELETE", "/api/work/ended-" + i + "?reason=r", null);
    }

    List<String> found = search(org, "ENG-9");
    assertThat(found).hasSize(50);
    assertThat(found.get(0)).as("the best of the issue").startsWith("ended-");
    assertThat(found.get(1)).isEqualTo("claimed");

    item(org, "first", "shop", "ENG-9", "Waits");
    item(org, "next", "shop", "ENG-9", "Waits too");
    found = search(org, "ENG-9");
    assertThat(found.subList(0, 2)).containsExactlyInAnyOrder("first", "next");
    assertThat(found.get(2)).isEqualTo("claimed");
    assertThat(found.subList(3, 50)).allMatch(id -> id.startsWith("ended-"));
  }

  @Test
  void theIssueOfAnotherProjectHidesNoWorkOfOnesOwn() {
    OpsOrg org = OpsOrg.of(edge());
    for (int i = 0; i < 130; i++) {
      item(org, "a-" + i, "theirs", "ENG-8", "Not to be seen");
    }
    item(org, "z", "mine", "ENG-8", "Mine");

    JsonNode found = search(org, bound(org, "mine"), "ENG-8").at("/sessions");

    assertThat(found.findValuesAsText("sessionId")).containsExactly("z");
    assertThat(search(org, org.key(), "ENG-8").at("/sessions")).hasSize(50);
  }

  @Test
  void anotherOrgAndAnotherProjectAreNotFound() {
    OpsOrg org = OpsOrg.of(edge());
    item(org, "theirs", "secret", "SEC-1", "Hidden title");
    item(org, "waits", "secret", "SEC-2", "Hidden too");
    TestWorker worker = org.worker("secret-host", "secret", 1);
    assertThat(TestWorker.claimed(worker.poll())).containsExactly("theirs");
    item(org, "over", "secret", "SEC-3", "Long gone");
    org.done("DELETE", "/api/work/over?reason=r", null);
    String bound = bound(org, "mine");
    OpsOrg other = OpsOrg.of(edge());

    for (String text :
        List.of(
            "theirs", "secret", "SEC-1", "SEC-2", "hidden", "secret-host", "gone", worker.id())) {
      assertThat(search(org, org.key(), text).toString()).as(text).contains("secret");
      assertThat(search(org, bound, text).toString()).as(text).isEqualTo(NOTHING);
      assertThat(search(other, other.key(), text).toString()).as(text).isEqualTo(NOTHING);
    }
  }

  private static final String NOTHING =
      "{\"sessions\":[],\"workers\":[],\"hosts\":[],\"projects\":[],"
          + "\"lookedAt\":{\"waiting\":0,\"dead\":0,\"ended\":0,\"reading\":false}}";

  @Test
  void aTextThatIsNoneOrTooLongIsRefused() {
    OpsOrg org = OpsOrg.of(edge());
    for (String query :
        List.of("", "?q=", "?q=%20", "?q=" + "x".repeat(201), "?q=" + "x".repeat(6_000))) {
      assertThat(org.refused(400, "GET", "/api/search" + query, null).at("/field").asText())
          .as(query.substring(0, Math.min(20, query.length())))
          .isEqualTo("q");
    }
    for (String text : List.of("\u0000", "<script>", ".*", "\u202e", "x".repeat(200))) {
      assertThat(search(org, org.key(), text).toString()).isEqualTo(NOTHING);
    }
  }

  private static String bound(OpsOrg org, String project) {
    return org.done(
            "POST",
            "/api/keys",
            ("{\"name\":\"n\",\"type\":\"user\",\"scopes\":[\"fleet:read\"],"
                    + "\"projects\":[\"%s\"]}")
                .formatted(project))
        .at("/secret")
        .asText();
  }

  private static void item(OpsOrg org, String id, String project, String issue, String title) {
    org.done(
        "POST",
        "/api/work",
        ("{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"issueIdentifier\":\"%s\","
                + "\"title\":\"%s\",\"prompt\":\"p\"}")
            .formatted(id, project, issue, title));
  }

  private static List<String> search(OpsOrg org, String text) {
    return search(org, org.key(), text).at("/sessions").findValuesAsText("sessionId");
  }

  /** Once all that waits was looked at. */
  private static JsonNode whole(OpsOrg org, String text) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    JsonNode found;
    do {
      found = search(org, org.key(), text);
    } while (found.at("/lookedAt/reading").asBoolean() && System.nanoTime() < end);
    return found;
  }

  private static JsonNode search(OpsOrg org, String key, String text) {
    String q = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return org.done(key, "GET", "/api/search?q=" + q, null);
  }
}
