package dev.sluice.admin.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest extends PageTestBase {

  @BeforeEach
  void claim() {
    fleet.worker("w-1");
    fleet.work("ses-1").identifier("ENG-526").about("Fix flaky checkout", "", "").enqueue();
    fleet.work("ses-2").identifier("ENG-527").about("Index the changelog", "", "").enqueue();
    fleet.poll("w-1", 2);
    fleet.work("ses-3").identifier("ENG-526").about("Fix flaky login", "", "").enqueue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eng-526", "FLAKY", "checkout%20fix", "eng-526%20HOST-W-1%20payments"})
  void claimedSessionsAreFoundByTheirWords(String text) {
    assertThat(found(text)).containsExactly("ENG-526 Fix flaky checkout");
  }

  @Test
  void allSessionsOfAWorkerAreFoundByItAndByItsHost() {
    assertThat(found("host-w-1")).hasSize(2);
    assertThat(hits("host-w-1")).containsExactly("host host-w-1", "worker w-1");
    assertThat(found("w-1")).hasSize(2);
  }

  @Test
  void projectsAndPagesAreFoundByName() {
    assertThat(hits("PAYM")).containsExactly("ready ENG-526 Fix flaky login", "project payments");
    assertThat(hits("dead%20letters")).containsExactly("list Dead letters");
    assertThat(hits("parked")).containsExactly("list Parked work");
    assertThat(hits("keys")).as("a page of admins").isEmpty();
  }

  @Test
  void waitingWorkIsFoundByItsWordsIssueAndIds() {
    assertThat(hits("eng-526")).containsExactly("ready ENG-526 Fix flaky login");
    assertThat(hits("ENG-52")).containsExactly("ready ENG-526 Fix flaky login");
    assertThat(hits("LOGIN%20payments")).containsExactly("ready ENG-526 Fix flaky login");
    assertThat(hits("ses-3")).containsExactly("ready ENG-526 Fix flaky login");
    assertThat(hits("public-ses-3")).containsExactly("ready ENG-526 Fix flaky login");
    assertThat(found("login")).as("among running work").isEmpty();
    assertThat(found("login&state=waiting")).containsExactly("ENG-526 Fix flaky login");
    assertThat(hits("login&state=waiting")).as("once").isEmpty();
  }

  @Test
  void waitingWorkOfAllPlacesIsFoundBehindRunningAndBeforeOtherWork() {
    fleet.work("over").about("Flaky", "", "").enqueue();
    fleet.stop("over");
    fleet.work("ses-4").issue("ses-3").about("Flaky", "", "").enqueue();
    fleet.work("later").notBefore(server.clock.now() + 60_000).about("Flaky", "", "").enqueue();

    assertThat(found("flaky")).containsExactly("ENG-526 Fix flaky checkout");
    assertThat(search("flaky").text())
        .contains("Of the waiting sessions the first 2 so far; others are being read.");
    assertThat(hits("flaky"))
        .containsExactly(
            "ready ENG-526 Fix flaky login",
            "parked ses-4 Flaky",
            "later later Flaky",
            "ended over Flaky stopped now");
    assertThat(hits("flaky&state=parked")).startsWith("running ENG-526 Fix flaky checkout");
    assertThat(found("flaky&state=parked")).containsExactly("ses-4 Flaky");
    assertThat(found("flaky&state=later")).containsExactly("later Flaky");
  }

  @Test
  void endedWorkIsFoundByItsIssueBehindLiveWork() {
    server.clock.jump(Duration.ofSeconds(1));
    fleet.work("ses-4").identifier("eng-526").about("Older of the two", "", "").enqueue();
    fleet.stop("ses-4");

    assertThat(hits("Eng-526"))
        .containsExactly(
            "ready ENG-526 Fix flaky login", "ended eng-526 Older of the two stopped now");
  }

  @Test
  void deadAndEndedWorkIsFoundByItsWordsBehindLiveWork() {
    fleet.report("ses-1", "w-1", SessionState.FAILED, Map.of());
    fleet.deny("ses-2", "w-1", "no");
    server.clock.jump(Duration.ofMinutes(3));
    fleet.poll("w-1", 1);

    assertThat(found("fix")).containsExactly("ENG-526 Fix flaky login");
    assertThat(hits("fix"))
        .containsExactly("ended ENG-526 Fix flaky checkout failed 3 min ago on host-w-1");
    assertThat(hits("changelog%20HOST-W-1"))
        .containsExactly("dead ENG-527 Index the changelog 3 min ago on host-w-1");
    assertThat(hits("eng-526"))
        .as("once, though found by its issue too")
        .containsExactly("ended ENG-526 Fix flaky checkout failed 3 min ago on host-w-1");
    assertThat(hits("fix&state=ended")).containsExactly("running ENG-526 Fix flaky login");
    assertThat(found("fix&state=ended")).containsExactly("ENG-526 Fix flaky checkout");
    assertThat(hits("eng&state=dead"))
        .containsExactly(
            "running ENG-526 Fix flaky login",
            "ended ENG-526 Fix flaky checkout failed 3 min ago on host-w-1");
  }

  @Test
  void manyOfAnotherListAreALinkToIt() {
    for (int i = 0; i < 7; i++) {
      fleet.work("over-" + i).about("Many of these", "", "").enqueue();
      fleet.stop("over-" + i);
    }

    assertThat(hits("many")).hasSize(6).last().isEqualTo("list Ended work with these words 7");
    String link = search("many").main().select(".things a").last().attr("href");
    assertThat(link).isEqualTo("/admin/work?state=ended&q=many");
    assertThat(page(link).main().select("tbody tr")).hasSize(7);
  }

  @Test
  void theCountOfAnotherListHasThoseThatAreShownToo() {
    for (int i = 0; i < 47; i++) {
      fleet.work("named-" + i).about("As eng-9", "", "").enqueue();
      fleet.stop("named-" + i);
    }
    server.clock.jump(Duration.ofSeconds(1));
    for (int i = 0; i < 4; i++) {
      fleet.work("of-" + i).identifier("ENG-9").enqueue();
      fleet.stop("of-" + i);
    }

    assertThat(hits("eng-9"))
        .hasSize(4 + 5 + 1)
        .last()
        .isEqualTo("list Ended work with these words 50 or more");
  }

  @Test
  void manyThatWaitAreALinkToTheirListByPage() {
    for (int i = 0; i < 60; i++) {
      fleet.work("many-" + i).project(i < 30 ? "web" : "app").about("Many", "", "").enqueue();
    }
    for (int looks = 0; looks < 3; looks++) {
      search("many&look=" + looks);
    }

    assertThat(hits("many"))
        .hasSize(6)
        .last()
        .isEqualTo("list Waiting work with these words 50 or more");
    String link = search("many").main().select(".things a").last().attr("href");
    assertThat(link).isEqualTo("/admin/work?state=waiting&q=many");
    PageAnswer first = page(link);
    assertThat(first.text()).contains("60 sessions");
    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(first.document().select("form.search input[name=state]").attr("value"))
        .isEqualTo("waiting");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));
    assertThat(second.main().select("tbody tr")).hasSize(10);
    assertThat(page(link + "&project=web").main().select("tbody tr")).hasSize(30);
  }

  @Test
  void listsThatManyWaitingHitsMayHideHaveALink() {
    for (int i = 0; i < 60; i++) {
      fleet.work("many-" + i).about("Many", "", "").enqueue();
    }
    fleet
        .work("later")
        .priority(5)
        .notBefore(server.clock.now() + 60_000)
        .about("Many", "", "")
        .enqueue();
    search("many&look=1");
    search("many&look=2");

    assertThat(hits("many"))
        .endsWith(
            "list Waiting work with these words 50 or more",
            "list Later work with these words perhaps");
  }

  @Test
  void workThatWaitsNoLongerLeavesTheListAtOnce() {
    assertThat(found("login&state=waiting")).hasSize(1);
    server.holdTime();
    page("/admin/work?q=login&state=waiting&look=1");
    fleet.stop("ses-3");

    assertThat(found("login&state=waiting&look=2")).isEmpty();
  }

  @Test
  void aStoppingSessionIsLiveUntilItsRelease() {
    fleet.stop("ses-1");
    server.clock.jump(Duration.ofSeconds(1));
    fleet.work("ses-4").identifier("eng-526").about("Ended", "", "").enqueue();
    fleet.stop("ses-4");

    assertThat(hits("ENG-526"))
        .containsExactly(
            "stopping ENG-526 Fix flaky checkout",
            "ready ENG-526 Fix flaky login",
            "ended eng-526 Ended stopped now");
  }

  @Test
  void anExactIdIsListedOnce() {
    assertThat(found("ses-1")).containsExactly("ENG-526 Fix flaky checkout");
    assertThat(hits("ses-1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public-ses-1",
        "ses-1&project=none",
        "ses-1&health=stuck",
        "ses-1&state=stopping"
      })
  void aClaimedSessionThatIsNotListedIsFoundByItsExactId(String text) {
    assertThat(found(text)).isEmpty();
    assertThat(hits(text)).containsExactly("claimed ENG-526 Fix flaky checkout");
  }

  @Test
  void aStoppingSessionIsFoundByItsExactId() {
    fleet.stop("ses-1");

    assertThat(hits("ses-1")).containsExactly("stopping ENG-526 Fix flaky checkout");
    assertThat(found("ses-1&state=stopping")).containsExactly("ENG-526 Fix flaky checkout");
    assertThat(hits("ses-1&state=stopping")).isEmpty();
  }

  @Test
  void anotherOrgsWorkIsNotFound() {
    TestFleet other = new TestFleet(server);
    other.worker("secret-worker", "secret-project");
    other.work("secret").project("secret-project").enqueue();
    other.poll("secret-worker", 1);
    other.work("hidden").identifier("ENG-999").enqueue();
    other.work("over").project("secret-project").about("A secret", "", "").enqueue();
    other.stop("over");
    other.deadLetter("secret-letter");

    assertThat(hits("ENG-999")).isEmpty();
    assertThat(found("secret")).isEmpty();
    assertThat(hits("secret")).isEmpty();
    assertThat(hits("999")).isEmpty();
    assertThat(found("ENG&state=waiting")).containsExactly("ENG-526 Fix flaky login");
    assertThat(found("secret&state=ended")).isEmpty();
    assertThat(found("secret&state=dead")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20%20x%20%20", "%00", "%3Cscript%3E", ".*", "%E2%80%AE"})
  void anyTextIsAPage(String text) {
    assertThat(page("/admin/work?q=" + text).status()).isEqualTo(200);
  }

  @Test
  void aHugeTextIsAPage() {
    assertThat(page("/admin/work?q=" + "x".repeat(5_000)).status()).isEqualTo(200);
  }

  private List<String> found(String text) {
    return search(text).main().select("tbody th .work > a").eachText();
  }

  private List<String> hits(String text) {
    return search(text).main().select(".things li").eachText();
  }

  private PageAnswer search(String text) {
    return page("/admin/work?q=" + text);
  }
}
