package dev.sluice.admin.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.Rules;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkActsTest extends ActTest {

  @Test
  void allDeadLettersWaitAnewInSteps() {
    dead("payments", 45);
    TestFleet other = new TestFleet(server);
    other.deadLetter("theirs");
    PageAnswer first = form("/admin/dead/requeue");
    assertThat(first.text()).contains("45 dead letters. For example:");
    assertThat(first.main().select(".things li")).hasSize(10);

    PageAnswer post = submit(first, "reason", "there are workers now");
    assertThat(post.header("Location")).contains("/admin/dead/requeue?", "done=20");
    PageAnswer second = after(post);
    assertThat(second.text()).contains("Done so far: 20. There are more: continue.", "Continue");
    assertThat(second.main().selectFirst("#reason").attr("value"))
        .isEqualTo("there are workers now");
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(25);
    PageAnswer third = after(submit(second));
    assertThat(third.text()).contains("Done so far: 40.");
    PageAnswer last = after(submit(third));

    assertThat(notice(last)).isEqualTo("45 requeued.");
    assertThat(last.text()).contains("Nothing in this list.");
    assertThat(fleet.queue("payments").counts().ready()).isEqualTo(45);
    assertThat(audit())
        .hasSize(45)
        .allMatch(line -> line.verb().equals("requeue"))
        .allMatch(line -> line.reason().equals("there are workers now"));
    assertThat(other.session("theirs").place()).isEqualTo(Place.DEAD);
  }

  @Test
  void aPageOfAStepIsTheSameWhenLoadedAgain() {
    dead("payments", 30);
    PageAnswer post = submit(form("/admin/dead/discard"));
    PageAnswer again = after(post);

    assertThat(after(post).text()).isEqualTo(again.text());
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(10);
    assertThat(notice(after(submit(again)))).isEqualTo("30 discarded.");
  }

  @Test
  void anotherChoiceIsCountedBeforeAnythingIsDone() {
    dead("payments", 3);
    dead("billing", 2);

    PageAnswer counted = after(submit(form("/admin/dead/discard"), "project", "billing"));

    assertThat(notice(counted)).startsWith("Nothing was changed yet");
    assertThat(counted.text()).contains("2 dead letters of billing:");
    assertThat(counted.main().select(".things li").eachText())
        .containsExactlyInAnyOrder("billing-0", "billing-1");
    assertThat(fleet.queue("billing").counts().dead()).isEqualTo(2);
    assertThat(notice(after(submit(counted)))).isEqualTo("2 discarded.");
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(3);
  }

  @Test
  void aFormThatNothingWasCountedForDoesNothing() {
    dead("payments", 3);

    PageAnswer counted = after(post("/admin/dead/discard", "reason", "why"));

    assertThat(counted.text()).contains("3 dead letters");
    assertThat(counted.main().selectFirst("#reason").attr("value")).isEqualTo("why");
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(3);
  }

  @Test
  void thoseOfOneReasonAreCountedOneByOne() {
    dead("payments", 3);

    PageAnswer page = form("/admin/work?state=dead");
    assertThat(page.main().select(".group > .acts .button").eachText())
        .containsExactly("Requeue this group", "More", "Discard this group");
    PageAnswer form = form(page.main().selectFirst(".group > .acts a").attr("href"));
    assertThat(form.text()).contains("3 dead letters:");
    assertThat(form.main().select("option[selected]").eachAttr("value"))
        .containsExactly("deadline", "(no error)");
    assertThat(form.main().selectFirst("details pre").wholeText())
        .contains(
            "{\"verb\":\"requeue\",\"filter\":{\"dead\":\"deadline\",\"error\":\"(no"
                + " error)\"},\"dryRun\":false");
    assertThat(form("/admin/dead/requeue?dead=max-nacks").text()).contains("0 dead letters.");
    assertThat(notice(after(submit(form)))).isEqualTo("3 requeued.");
  }

  @Test
  void theButtonsOfAGroupActOnThatGroupAlone() {
    died("clone-1", "git clone failed: exit 128");
    died("clone-2", "git clone failed: exit 1");
    died("full-1", "no space left on device");

    PageAnswer page = form("/admin/work?state=dead");
    assertThat(page.main().select(".group").eachText()).hasSize(2);
    assertThat(page.main().text()).contains("git clone failed: exit #", "no space left on device");
    PageAnswer form =
        form(
            page.main().select(".group:contains(git clone failed) > .acts a").first().attr("href"));
    assertThat(form.text()).contains("2 dead letters:");
    assertThat(form.main().select(".things li").eachText())
        .containsExactlyInAnyOrder("clone-1", "clone-2");

    assertThat(notice(after(submit(form)))).isEqualTo("2 requeued.");

    assertThat(fleet.session("full-1").place()).isEqualTo(Place.DEAD);
    assertThat(fleet.session("clone-1").place()).isEqualTo(Place.READY);
    assertThat(fleet.session("clone-2").place()).isEqualTo(Place.READY);
  }

  private void died(String id, String reason) {
    fleet.work(id).enqueue();
    for (int n = 0; n < Rules.DEFAULTS.tries().maxNacks(); n++) {
      String worker = fleet.worker(id + "-worker-" + n);
      assertThat(fleet.poll(worker, 1)).containsExactly(id);
      fleet.nack(id, worker, reason);
    }
    assertThat(fleet.session(id).place()).isEqualTo(Place.DEAD);
  }

  @Test
  void waitingWorkGetsAnotherPriorityAndIsCancelled() {
    for (int i = 0; i < 5; i++) {
      fleet.work("s-" + i).priority(4).enqueue();
    }
    fleet.work("other").project("billing").enqueue();

    PageAnswer form = form("/admin/queues/payments/priority-all");
    assertThat(form.text()).contains("5 waiting items of payments:");
    assertThat(notice(after(submit(form, "priority", "1")))).isEqualTo("5 reprioritised.");
    assertThat(fleet.session("s-3").priority()).isEqualTo(1);
    assertThat(audit()).hasSize(5).allMatch(line -> line.detail().equals("priority 1"));

    PageAnswer cancel = form("/admin/queues/payments/cancel-all");
    assertThat(cancel.main().select(".act.harmful")).hasSize(1);
    PageAnswer parked = after(submit(cancel, "place", "parked"));
    assertThat(parked.text()).contains("0 waiting items of payments.");
    assertThat(notice(after(submit(parked))))
        .isEqualTo("Nothing was changed: nothing matches any more.");
    assertThat(notice(after(submit(cancel)))).isEqualTo("5 cancelled.");
    assertThat(fleet.queue("payments").counts().waiting()).isZero();
    assertThat(fleet.session("other").place()).isEqualTo(Place.READY);
  }

  @Test
  void whatCanNotBeIsSaidBesideItsField() {
    dead("payments", 1);
    fleet.work("s-1").enqueue();
    for (List<String> wrong :
        List.of(
            List.of("/admin/dead/discard", "dead", "bored"),
            List.of("/admin/dead/discard", "project", "a\u0007b"),
            List.of("/admin/dead/discard", "project", "x".repeat(300)),
            List.of("/admin/dead/discard", "reason", "a\u0007b"),
            List.of("/admin/queues/payments/cancel-all", "place", "claimed"),
            List.of("/admin/queues/payments/priority-all", "priority", "10"))) {
      PageAnswer form = submit(form(wrong.get(0)), wrong.get(1), wrong.get(2));
      assertThat(form.status()).as("%s", wrong).isEqualTo(400);
      assertThat(form.main().select(".field.bad")).as("%s", wrong).hasSize(1);
    }
    assertThat(form("/admin/dead/discard?dead=bored").main().select(".field.bad")).hasSize(1);
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(1);
    assertThat(fleet.session("s-1").place()).isEqualTo(Place.READY);
  }

  @Test
  void aCursorThatIsNoneOfOursDoesNothing() {
    dead("payments", 1);
    PageAnswer form = form("/admin/dead/discard?cursor=nonsense&done=x&refused=-1");
    assertThat(form.text()).contains("Done so far: 0.");

    PageAnswer post = submit(form);

    assertThat(post.status()).isEqualTo(400);
    assertThat(problem(post)).startsWith("Nothing was changed: ");
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(1);
  }

  @Test
  void aViewerMayNot() {
    dead("payments", 1);
    PageAnswer form = form("/admin/dead/discard");
    String counted = form.main().selectFirst("input[name=counted]").attr("value");

    assertThat(postAs(VisitorRole.VIEWER, "/admin/dead/discard", "counted", counted).status())
        .isEqualTo(403);
    assertThat(lastAct().verb()).isEqualTo("denied");
    assertThat(lastAct().object()).isEqualTo("dead letters");
    assertThat(fleet.queue("payments").counts().dead()).isEqualTo(1);
  }

  private void dead(String project, int count) {
    for (int i = 0; i < count; i++) {
      fleet.work(project + "-" + i).project(project).deadline(server.clock.now() + 1).enqueue();
    }
    server.clock.jump(Duration.ofMillis(2));
    fleet.sweep();
  }
}
