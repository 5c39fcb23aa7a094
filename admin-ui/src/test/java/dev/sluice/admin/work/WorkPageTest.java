package dev.sluice.admin.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkPageTest extends PageTestBase {

  @Test
  void claimedSessionsShowHowTheyFare() {
    fleet.worker("w-1");
    fleet.work("s-1").identifier("PAY-7").enqueue();
    fleet.poll("w-1", 1);
    fleet.touch("s-1", "w-1");
    server.clock.jump(Duration.ofSeconds(100));

    assertThat(page("/admin/work").row("s-1"))
        .containsExactly(
            "PAY-7 s-1",
            "silent",
            "claimed",
            "payments",
            "host-w-1 w-1",
            "1 min ago",
            "–",
            "1 min ago",
            "3",
            "–");
  }

  @Test
  void endedSessionsShowHowTheyEnded() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.report("s-1", "w-1", SessionState.RUNNING, Map.of());
    server.clock.jump(Duration.ofMinutes(2));
    fleet.report("s-1", "w-1", SessionState.COMPLETED, 1_250_000);

    assertThat(page("/admin/work?state=ended").row("s-1"))
        .containsExactly(
            "s-1", "completed", "payments", "host-w-1 w-1", "now", "2 min", "$1.25", "3", "–");
  }

  @Test
  void waitingWorkIsListedByProject() {
    fleet.work("s-1").enqueue();
    fleet.work("s-2").project("billing").issue("i").enqueue();
    fleet.work("s-3").project("billing").issue("i").enqueue();

    PageAnswer choice = page("/admin/work?state=waiting");
    PageAnswer list = page(choice.main().selectFirst(".things a:contains(payments)").attr("href"));

    assertThat(choice.text()).contains("Choose one");
    assertThat(choice.main().select(".things li").eachText())
        .containsExactlyInAnyOrder("payments 1", "billing 1");
    assertThat(list.row("s-1")).contains("no worker takes project payments");
    assertThat(page("/admin/work?state=parked").main().select(".things li").eachText())
        .containsExactly("billing 1");
    assertThat(ids("state=parked&project=billing")).containsExactly("s-3");
  }

  @ParameterizedTest
  @CsvSource({
    "health=silent, quiet",
    "health=ok, busy",
    "host=host-w-1, busy quiet",
    "host=host, ''",
    "model=OPUS, busy",
    "capability=gpu, busy quiet",
    "capability=tpu, ''",
    "issue=eng-2, quiet",
    "cost=2.50, busy",
    "cost=$2.51, ''",
    "older=1m, busy quiet",
    "older=1h, ''",
    "project=payments, busy quiet",
    "project=none, ''",
    "q=checkout, busy",
    "health=ok&host=host-w-1&model=opus&cost=1, busy",
    "health=ok&model=haiku, ''",
    "state=stopping, ending",
    "state=stopping&host=host-w-1, ending",
    "sort=cost, busy quiet",
    "sort=priority, quiet busy",
    "sort=seen, quiet busy"
  })
  void runningWorkIsFilteredAndSorted(String filter, String found) {
    running();

    assertThat(String.join(" ", ids(filter))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "state=waiting&issue=eng-1, second first",
    "state=waiting&issue=ENG-1&project=payments, first",
    "state=waiting&issue=ENG-1&project=none, ''",
    "state=waiting&issue=ENG, ''",
    "state=waiting&issue=plain, plain",
    "state=waiting&issue=first, ''",
    "state=parked&issue=ENG-1, behind",
    "state=later&issue=eng-1, later",
    "state=returned&issue=ENG-1, ''"
  })
  void waitingWorkIsFilteredByItsIssue(String filter, String found) {
    fleet.work("first").identifier("ENG-1").issue("i").enqueue();
    fleet.work("behind").identifier("ENG-1").issue("i").priority(9).enqueue();
    fleet.work("second").identifier("eng-1").project("billing").priority(1).enqueue();
    fleet.work("later").identifier("ENG-1").notBefore(server.clock.now() + 60_000).enqueue();
    fleet.work("plain").enqueue();

    assertThat(String.join(" ", ids(filter))).isEqualTo(found);
  }

  @Test
  void aListByIssueOfSeveralProjectsNamesThem() {
    fleet.work("s-1").identifier("ENG-1").enqueue();
    fleet.work("s-2").identifier("ENG-1").project("billing").enqueue();
    fleet.work("s-3").identifier("ENG-1").notBefore(server.clock.now() + 60_000).enqueue();

    for (String state : List.of("waiting", "later")) {
      PageAnswer all = page("/admin/work?issue=ENG-1&state=" + state);
      int project = all.main().select("thead th").eachText().indexOf("Project");
      assertThat(all.main().select("tbody tr"))
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.child(project).text()).matches("payments|billing"));
      assertThat(all.main().select("tbody tr").first().children())
          .hasSameSizeAs(all.main().select("thead th"));
    }
    PageAnswer one = page("/admin/work?state=waiting&issue=ENG-1&project=billing");
    assertThat(one.main().select("thead th").eachText()).doesNotContain("Project");
  }

  @Test
  void aListByIssueSaysWhyWorkWaitsAndThatItIsCut() {
    fleet.work("s-00").identifier("ENG-1").enqueue();
    PageAnswer one = page("/admin/work?state=waiting&issue=ENG-1");
    assertThat(one.row("s-00")).contains("no worker takes project payments");
    assertThat(one.text()).doesNotContain("may have more");

    for (int i = 1; i < 51; i++) {
      fleet.work(String.format("s-%02d", i)).identifier("ENG-1").enqueue();
    }
    PageAnswer cut = page("/admin/work?state=waiting&issue=ENG-1");
    assertThat(cut.main().select("tbody tr")).hasSize(50);
    assertThat(cut.text()).contains("The first 50; the issue may have more.");
  }

  @Test
  void aListByWordsSaysWhyWorkWaitsInTheOrderOfItsState() {
    long soon = server.clock.now() + 100_000;
    fleet.work("s-1").about("Fix a", "", "").priority(3).enqueue();
    fleet.work("s-2").about("Fix b", "", "").priority(1).project("billing").enqueue();
    fleet.work("s-3").about("Fix c", "", "").priority(1).notBefore(soon + 1).enqueue();
    fleet.work("s-4").about("Fix d", "", "").priority(9).notBefore(soon).enqueue();
    for (int looks = 0; looks < 3; looks++) {
      page("/admin/work?state=waiting&q=fix&look=" + looks);
    }

    assertThat(ids("state=waiting&q=FIX")).containsExactly("s-2", "s-1");
    assertThat(ids("state=waiting&q=fix&project=payments")).containsExactly("s-1");
    assertThat(ids("state=waiting&q=fix&issue=s-2")).containsExactly("s-2");
    assertThat(ids("state=later&q=fix")).containsExactly("s-4", "s-3");
    assertThat(ids("state=parked&q=fix")).isEmpty();
    PageAnswer page = page("/admin/work?state=waiting&q=fix");
    assertThat(page.row("s-2")).contains("billing", "no worker takes project billing");
    assertThat(page.text()).contains("2 sessions.").doesNotContain("being read");
  }

  @Test
  void aListByIssueIsCutInTheOrderOfItsState() {
    String[] waiting = new String[60];
    String[] later = new String[60];
    long soon = server.clock.now() + 100_000;
    for (int i = 0; i < 60; i++) {
      waiting[i] = "w-" + (99 - i);
      fleet.work(waiting[i]).identifier("ENG-1").enqueue();
      int place = i * 7 % 60;
      later[place] = "l-" + (99 - i);
      fleet.work(later[place]).identifier("ENG-1").notBefore(soon + place).enqueue();
      server.clock.jump(Duration.ofMillis(1));
    }

    assertThat(ids("state=waiting&issue=ENG-1")).containsExactly(Arrays.copyOf(waiting, 50));
    assertThat(ids("state=later&issue=ENG-1")).containsExactly(Arrays.copyOf(later, 50));
  }

  @Test
  void everyFilterInUseIsALinkToTheListWithoutIt() {
    running();

    PageAnswer page = page("/admin/work?health=ok&model=opus&sort=cost");

    assertThat(page.main().select(".chips li").eachText())
        .containsExactly("health ok ×, remove this filter", "model opus ×, remove this filter");
    assertThat(page.main().select(".chips a").eachAttr("href"))
        .containsExactly(
            "/admin/work?state=running&model=opus&sort=cost",
            "/admin/work?state=running&health=ok&sort=cost");
    assertThat(page.main().select("[aria-label=Health] a").eachText())
        .containsExactly("stuck 0", "silent 1", "slow 0", "ok 1");
    assertThat(page.main().selectFirst("th[aria-sort=descending] a").attr("title"))
        .isEqualTo("most expensive first");
    assertThat(page.main().selectFirst("thead a:contains(Last seen)").attr("href"))
        .isEqualTo("/admin/work?state=running&health=ok&model=opus&sort=seen");
    assertThat(page.main().selectFirst(".filters select option[selected]").text())
        .isEqualTo("most expensive first");
    assertThat(page.main().select(".filters input[name=health]").attr("value")).isEqualTo("ok");
    assertThat(page.main().select(".filters input[name=model]").attr("value")).isEqualTo("opus");
  }

  @Test
  void stoppedSessionsOfASilentWorkerCountAsStoppingOnly() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.touch("s-1", "w-1");
    fleet.stop("s-1");
    server.clock.jump(Duration.ofSeconds(100));

    PageAnswer stopping = page("/admin/work?state=stopping");

    assertThat(page("/admin").text()).doesNotContain("session is silent");
    assertThat(page("/admin/work").main().select("[aria-label=Health] a").eachText())
        .containsExactly("stuck 0", "silent 0", "slow 0", "ok 0");
    assertThat(ids("state=stopping&health=silent")).containsExactly("s-1");
    assertThat(stopping.main().select("[aria-label=Health] a").eachText())
        .as("the counts are of running work")
        .containsExactly("stuck", "silent", "slow", "ok");
  }

  @Test
  void aStateTakesAlongTheFiltersThatItHas() {
    running();

    PageAnswer page = page("/admin/work?project=payments&health=ok");

    assertThat(page.main().select("[aria-label=Filter] a").eachText())
        .containsExactly(
            "waiting 0",
            "parked 0",
            "later 0",
            "returned 0",
            "running 2",
            "stopping 1",
            "dead 0",
            "ended");
    assertThat(page.main().select("[aria-label=Filter] a").eachAttr("href"))
        .contains(
            "/admin/work?state=dead&project=payments",
            "/admin/work?state=ended&project=payments",
            "/admin/work?state=stopping&project=payments&health=ok");
    for (String link : page.main().select("[aria-label=Filter] a").eachAttr("href")) {
      assertThat(page(link).main().select(".notice")).as(link).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour=red | There is no filter colour.",
        "state=sleeping | There is no state sleeping.",
        "health=fine | The filter health must be stuck, silent, slow or ok.",
        "cost=lots | The filter minimum cost must be dollars like 10 or 2.50.",
        "older=old | The filter minimum age must be a duration like 30m, 2h or 1d.",
        "sort=luck | The filter sort must be age, cost, priority, seen.",
        "page=-1 | There is no page -1.",
        "project=%00 | The filter project must not contain control characters.",
        "state=ended&health=ok | The filter health is not available for ended work.",
        "state=ended&result=dead | The filter result must be completed, failed, stopped.",
        "result=failed | The filter result is not available for running work.",
        "state=ended&cost=1 | The filter minimum cost is not available for ended work.",
        "state=waiting&project=a&sort=cost | The filter sort is not available for waiting work.",
        "state=waiting&project=a&host=x | The filter host is not available for waiting work.",
        "state=dead&capability=x | The filter worker capability is not available for dead work.",
        "state=parked&project=a&model=x | The filter model is not available for parked work."
      })
  void aFilterThatCannotBeAppliedIsLeftOutAndSaid(String filter, String said) {
    PageAnswer page = page("/admin/work?" + filter);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.main().select(".notice").eachText())
        .containsExactly(said + " It was left out.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q=%ED%A0%80",
        "host=%3Cscript%3E",
        "older=99999d",
        "cost=999999999.999999",
        "page=999999",
        "q=%E2%80%AE&issue=%E2%80%AE",
        "state=running&state=dead",
        "=x",
        "cursor=nonsense"
      })
  void anyAddressIsAPage(String filter) {
    running();

    assertThat(page("/admin/work?" + filter).status()).isEqualTo(200);
  }

  @Test
  void aHugeOrCrowdedAddressIsAPage() {
    StringBuilder crowd = new StringBuilder("/admin/work?x=1");
    for (int i = 0; i < 200; i++) {
      crowd.append("&f").append(i).append("=1");
    }

    assertThat(page(crowd.toString()).main().select(".notice")).hasSize(10);
    assertThat(page("/admin/work?q=" + "x".repeat(5_000)).text())
        .contains("The filter words must be at most 200 characters. It was left out.");
  }

  @Test
  void runningWorkIsAPageAtATime() {
    fleet.worker("w-1", 200, List.of());
    for (int i = 0; i < 60; i++) {
      fleet.work(String.format("s%02d", i)).enqueue();
    }
    for (int polls = 0; polls < 12; polls++) {
      fleet.poll("w-1", 5);
      server.clock.jump(Duration.ofSeconds(1));
    }

    PageAnswer first = page("/admin/work?host=host-w-1");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.text()).contains("60 sessions, counted now.");
    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(second.main().select("tbody tr")).hasSize(10);
    assertThat(second.row("s59")).startsWith("s59");
    assertThat(second.main().select("a[rel=next]")).isEmpty();
    assertThat(second.main().selectFirst(".pager a").attr("href"))
        .isEqualTo("/admin/work?state=running&host=host-w-1");
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/sessions, /admin/work",
    "/admin/sessions?place=claimed&cursor=x, /admin/work",
    "/admin/sessions?place=ended&cursor=x, /admin/work?state=ended&cursor=x",
    "/admin/sessions?place=dead, /admin/work?state=dead",
    "/admin/sessions?health=silent, /admin/work?health=silent",
    "/admin/sessions?id=a%26b, /admin/work?q=a%26b",
    "/admin/sessions?org=other, /admin/work?org=other",
    "/admin/dead?cursor=x, /admin/work?state=dead&cursor=x"
  })
  void oldAddressesLeadToTheList(String old, String now) {
    PageAnswer answer = page(old);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(server.url() + now);
  }

  private void running() {
    fleet.worker("w-1", 10, List.of("gpu"));
    fleet.work("busy").identifier("ENG-1").about("Fix checkout", "", "opus").enqueue();
    fleet.poll("w-1", 1);
    server.clock.jump(Duration.ofSeconds(1));
    fleet.work("quiet").identifier("ENG-2").priority(1).about("Index", "", "haiku").enqueue();
    fleet.work("ending").identifier("ENG-3").enqueue();
    fleet.poll("w-1", 2);
    fleet.touch("quiet", "w-1");
    fleet.stop("ending");
    server.clock.jump(Duration.ofSeconds(100));
    fleet.report("busy", "w-1", SessionState.RUNNING, 2_500_000);
  }

  private List<String> ids(String filter) {
    return page("/admin/work?" + filter).main().select("tbody th .copy").eachAttr("data-copy");
  }
}
