package dev.sluice.admin.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.sessions.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters of dead and ended work. */
class PastWorkTest extends PageTestBase {

  @ParameterizedTest
  @CsvSource({
    "state=dead, denied-2 denied-1",
    "state=dead&q=CHECKOUT, denied-1",
    "state=dead&host=host-w-1, denied-1",
    "state=dead&host=host-w-2, denied-2",
    "state=dead&host=host, ''",
    "state=dead&model=OPUS, denied-1",
    "state=dead&issue=eng-2, denied-2",
    "state=dead&project=billing, denied-2",
    "state=dead&project=billing&q=w-2, denied-2",
    "state=dead&project=billing&q=w-1, ''",
    "state=ended&q=checkout, ended-1",
    "state=ended&q=host-w-1, ended-1 ended-3",
    "state=ended&q=shop, ended-3",
    "state=ended&host=host-w-2, ended-2",
    "state=ended&model=haiku, ended-2",
    "state=ended&issue=ENG-1, ended-1",
    "state=ended&project=billing, ended-2",
    "state=ended&project=bill, ''",
    "state=ended&project=payments&q=eng, ended-1",
    "state=ended&issue=eng-3&q=none, ''",
    "state=ended&result=failed, ended-1",
    "state=ended&result=stopped&project=shop, ended-3",
    "state=ended&result=completed&q=checkout, ''"
  })
  void deadAndEndedWorkIsFiltered(String filter, String found) {
    over();

    assertThat(String.join(" ", ids(filter))).isEqualTo(found);
  }

  @Test
  void issuesAreTheSameButForTheCaseOfAsciiLetters() {
    fleet.work("s-1").identifier("KEY-1").enqueue();
    fleet.stop("s-1");

    assertThat(ids("state=ended&issue=key-1")).containsExactly("s-1");
    assertThat(ids("state=ended&issue=%E2%84%AAEY-1")).as("a Kelvin sign").isEmpty();
  }

  @Test
  void theHostOfAWorkerThatHasGoneIsRemembered() {
    over();
    page("/admin");

    fleet.deregister("w-2");
    server.pass(Duration.ofSeconds(2));

    assertThat(page("/admin/hosts").text()).doesNotContain("host-w-2");
    assertThat(ids("state=ended&host=host-w-2")).containsExactly("ended-2");
    assertThat(page("/admin/work?state=ended").row("ended-2")).contains("host-w-2 w-2");
    assertThat(page("/admin").document().select("nav").text()).contains("Hosts 1");
  }

  @Test
  void aFilteredListHasWhatEndedSinceAndNotWhatLeftIt() {
    over();
    assertThat(ids("state=dead&q=eng")).containsExactly("denied-2", "denied-1");

    fleet.requeue("denied-2");
    fleet.requeue("ended-1");
    fleet.stop("denied-1");
    server.pass(Duration.ofSeconds(2));

    assertThat(ids("state=dead&q=eng")).isEmpty();
    assertThat(ids("state=ended&q=eng")).containsExactly("denied-1", "ended-2");
  }

  @Test
  void deadLettersAreGroupedByTheirCauseAndShowTheHostThatNackedThem() {
    over();

    PageAnswer page = page("/admin/work?state=dead&q=checkout");

    assertThat(page.main().select(".group h2").eachText())
        .containsExactly("its worker denied it for good");
    assertThat(page.main().select(".group .error").eachText()).containsExactly("no \"disk\" #");
    assertThat(page.row("denied-1")).contains("host-w-1 w-1");
    assertThat(page.text()).contains("1 letter.");
    assertThat(page.main().select(".chips li").eachText())
        .containsExactly("words checkout ×, remove this filter");
    assertThat(page("/admin/work?state=dead").row("denied-1")).contains("host-w-1 w-1");
  }

  @Test
  void aListSaysHowFarItLooksBack() {
    for (int i = 0; i < 1_200; i++) {
      fleet.work("s" + i).enqueue();
      fleet.stop("s" + i);
    }

    assertThat(page("/admin/work?state=ended&q=s1").text())
        .contains("sessions among the latest 250; older ones are being read.");
    assertThat(page("/admin/work?q=s1").text())
        .contains("Of the ended sessions the latest 500 so far; older ones are being read.");
    String all = "";
    for (int looks = 0; looks < 5; looks++) { // each at another address, so that none is shared
      all = page("/admin/work?state=ended&q=s1&project=payments&look=" + looks).text();
    }
    assertThat(all).contains("311 sessions.").doesNotContain("being read");
  }

  @Test
  void howWorkEndedIsOneClick() {
    over();

    PageAnswer page = page("/admin/work?state=ended&project=payments&result=failed");

    assertThat(page.main().select("[aria-label=Result] a").eachText())
        .containsExactly("completed", "failed", "stopped");
    assertThat(page.main().select("[aria-label=Result] a").eachAttr("href"))
        .containsExactly(
            "/admin/work?state=ended&project=payments&result=completed",
            "/admin/work?state=ended&project=payments",
            "/admin/work?state=ended&project=payments&result=stopped");
    assertThat(page.main().select(".filters input[name=result]").attr("value")).isEqualTo("failed");
    assertThat(page("/admin/work?state=dead").main().select(".picks")).isEmpty();
  }

  @Test
  void endedWorkInMemoryIsAPageAtATime() {
    for (int i = 0; i < 60; i++) {
      fleet.work(String.format("s%02d", i)).enqueue();
      fleet.stop(String.format("s%02d", i));
      server.clock.jump(Duration.ofSeconds(1));
    }

    PageAnswer first = page("/admin/work?state=ended&project=payments");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.text()).contains("60 sessions.");
    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(first.main().selectFirst("tbody th").text()).startsWith("s59");
    assertThat(second.main().select("tbody tr")).hasSize(10);
    assertThat(first.document().select("form.search input[name=state]").attr("value"))
        .isEqualTo("ended");
  }

  private void over() {
    fleet.worker("w-1", 10, List.of(), "payments", "shop");
    fleet.worker("w-2", 10, List.of(), "billing");
    fleet.work("denied-1").identifier("ENG-1").about("Fix checkout", "", "opus").enqueue();
    fleet.work("denied-2").project("billing").identifier("ENG-2").enqueue();
    fleet.work("ended-3").project("shop").enqueue();
    fleet.work("ended-1").identifier("ENG-1").about("Test checkout", "", "opus").enqueue();
    fleet.work("ended-2").project("billing").identifier("ENG-2").about("A", "", "haiku").enqueue();
    fleet.poll("w-1", 5);
    fleet.poll("w-2", 5);
    fleet.stop("ended-3");
    fleet.deny("denied-1", "w-1", "no \"disk\" 7");
    server.clock.jump(Duration.ofSeconds(1));
    fleet.deny("denied-2", "w-2", "why");
    fleet.report("ended-1", "w-1", SessionState.FAILED, Map.of("error", "\"e\""));
    server.clock.jump(Duration.ofSeconds(1));
    fleet.report("ended-2", "w-2", SessionState.COMPLETED, Map.of());
    fleet.passGrace("w-1");
  }

  private List<String> ids(String filter) {
    return page("/admin/work?" + filter).main().select("tbody th .copy").eachAttr("data-copy");
  }
}
