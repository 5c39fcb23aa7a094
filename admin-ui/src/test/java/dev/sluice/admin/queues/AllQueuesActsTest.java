package dev.sluice.admin.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.queues.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AllQueuesActsTest extends ActTest {

  private static final String PAUSE = "/admin/pause-all";
  private static final String RESUME = "/admin/resume-all";

  @BeforeEach
  void fill() {
    fleet.work("s-1").project("a").enqueue();
    fleet.work("s-2").project("b").enqueue();
    fleet.work("s-3").project("b").enqueue();
    fleet.work("s-4").project("c").enqueue();
    fleet.pause("c", "money moves", "operator:bob");
  }

  @Test
  void allThatIsOpenIsPausedAndLaterResumedAndTheRestStaysAsItWas() {
    PageAnswer queues = form("/admin/queues");
    assertThat(queues.main().select("header .acts a").eachText())
        .containsExactly("Pause all", "Resume all I paused");
    PageAnswer form = form(queues.main().select("a:contains(Pause all)").attr("href"));
    assertThat(form.text())
        .contains("3 waiting items now", "1 project is paused already and left as before.")
        .contains("a 1 waiting", "b 2 waiting")
        .contains("/api/queues/pause");
    assertThat(form.main().select("button[type=submit]").text()).isEqualTo("Pause 2 projects");

    PageAnswer after = after(submit(form, "reason", "provider is down"));

    assertThat(notice(after))
        .isEqualTo("2 projects are paused until resumed. 1 paused before, left as before.");
    assertThat(after.text()).contains("by operator:ann: pause all: provider is down");
    assertThat(pause("c").actor()).isEqualTo("operator:bob");
    assertThat(audit().stream().filter(line -> line.actor().equals("operator:ann")))
        .allMatch(line -> line.reason().equals("pause all: provider is down"))
        .extracting(line -> line.verb() + " " + line.object())
        .containsExactlyInAnyOrder("pause a", "pause b");

    PageAnswer resume = form(RESUME);
    assertThat(resume.text())
        .contains("2 projects are paused by your “Pause all”.", "a 1 waiting", "b 2 waiting")
        .contains("Also resume 1 project paused in another way");
    PageAnswer open = after(submit(resume, "reason", "it is back"));

    assertThat(notice(open)).isEqualTo("2 projects are open again. 1 still paused.");
    assertThat(fleet.queue("a").pause()).isNull();
    assertThat(fleet.queue("b").pause()).isNull();
    assertThat(pause("c").reason()).isEqualTo("money moves");
    assertThat(lastAct().reason()).isEqualTo("it is back");
  }

  @Test
  void aPauseOfOneByTheSameOperatorIsNotResumedWithTheOthers() {
    after(post("/admin/queues/a/pause", "reason", "broken", "for", "until resumed"));
    after(post(PAUSE, "reason", "deploy", "for", "for 1 hour"));
    after(post(RESUME));

    assertThat(pause("a").reason()).isEqualTo("broken");
    assertThat(fleet.queue("b").pause()).isNull();
  }

  @Test
  void anotherOperatorsPauseOfAllIsResumedOnRequest() {
    Visitor bob = new Visitor("bob", "operator:bob", VisitorRole.OPERATOR, fleet.org, false);
    after(post(PAUSE, "reason", "deploy", "for", "for 1 hour"));

    assertThat(server.post(RESUME, "", bob).status()).isEqualTo(303);
    assertThat(fleet.queue("a").pause()).as("not bob's").isNotNull();
    assertThat(server.get(RESUME, bob).text())
        .contains("No project is paused by your", "Also resume 3 projects");
    assertThat(server.post(RESUME, "anyone=on", bob).status()).isEqualTo(303);
    for (String project : new String[] {"a", "b", "c"}) {
      assertThat(fleet.queue(project).pause()).as(project).isNull();
    }
  }

  @Test
  void runningSessionsGoOn() {
    fleet.worker("w-1");
    assertThat(fleet.poll("w-1", 1)).containsExactly("s-1");
    after(post(PAUSE, "reason", "deploy", "for", "until resumed"));

    assertThat(fleet.session("s-1").owner()).isEqualTo("w-1");
    assertThat(fleet.poll("w-1", 5)).isEmpty();
    after(post(RESUME));
    assertThat(fleet.poll("w-1", 5)).containsExactlyInAnyOrder("s-2", "s-3");
  }

  @Test
  void aPauseOfAllEndsAtATimeInTheZoneOfTheBrowser() {
    PageAnswer done =
        after(
            post(PAUSE, "reason", "deploy", "until", "2999-07-01 10:20", "zone", "Europe/Berlin"));
    assertThat(notice(done))
        .startsWith("2 projects are paused until 2999-07-01 10:20 Europe/Berlin.");
    assertThat(pause("a").untilMs()).isEqualTo(32_487_812_400_000L);
  }

  @Test
  void aReasonIsNeededAndMustFitWithItsMark() {
    assertThat(problem(post(PAUSE, "for", "until resumed"))).contains("Reason is required");
    assertThat(post(PAUSE, "reason", "r".repeat(1_014), "for", "until resumed").status())
        .isEqualTo(400);
    assertThat(fleet.queue("a").pause()).isNull();
    after(post(PAUSE, "reason", "r".repeat(1_013), "for", "until resumed"));
    assertThat(pause("a").reason()).hasSize(1_024);
  }

  @Test
  void aViewerPausesNothing() {
    assertThat(page("/admin/queues").main().select(".acts a")).isEmpty();
    for (String path : new String[] {PAUSE, RESUME}) {
      assertThat(page(path).status()).isEqualTo(403);
      assertThat(postAs(VisitorRole.VIEWER, path, "reason", "r").status()).isEqualTo(403);
      assertThat(lastAct().verb()).isEqualTo("denied");
    }
    assertThat(fleet.queue("a").pause()).isNull();
  }

  private Pause pause(String project) {
    return fleet.queue(project).pause();
  }
}
