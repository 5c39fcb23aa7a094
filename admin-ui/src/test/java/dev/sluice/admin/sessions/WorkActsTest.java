package dev.sluice.admin.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkActsTest extends ActTest {

  @BeforeEach
  void fill() {
    fleet.work("s-1").priority(2).enqueue();
    fleet.work("s-2").priority(4).issue("i-1").identifier("PAY-17").enqueue();
  }

  @Test
  void itsPriorityIsChosen() {
    PageAnswer form = form("/admin/work/s-2/priority");
    assertThat(form.text()).contains("PAY-17. Project payments, priority 4, position 2.");
    assertThat(form.main().select("option[selected]").eachText()).containsExactly("4");

    PageAnswer page = after(submit(form, "priority", "1", "reason", "a customer waits"));

    assertThat(notice(page)).isEqualTo("s-2 has priority 1 now.");
    assertThat(fleet.session("s-2").priority()).isEqualTo(1);
    assertThat(fleet.session("s-2").position()).isEqualTo(1);
    assertThat(lastAct().verb()).isEqualTo("reprioritise");
    assertThat(lastAct().object()).isEqualTo("s-2");
    assertThat(lastAct().detail()).isEqualTo("priority 1");
    assertThat(lastAct().reason()).isEqualTo("a customer waits");
  }

  @Test
  void aPriorityThatIsNoneIsRefused() {
    for (String wrong : List.of("", "0", "10", "1.5", "high")) {
      PageAnswer form = post("/admin/work/s-2/priority", "priority", wrong);
      assertThat(form.status()).as(wrong).isEqualTo(400);
      assertThat(problem(form)).startsWith("Nothing was changed: Priority ");
    }
    assertThat(fleet.session("s-2").priority()).isEqualTo(4);
  }

  @Test
  void itGoesToTheFrontFromItsRowAndBackToTheTable() {
    String table = "/admin/queues/payments?place=ready";
    PageAnswer queue = form("/admin/queues/payments");
    assertThat(queue.main().select("tbody .acts .button").eachText())
        .containsExactly("Front", "Front");
    PageAnswer form = form(queue.main().select("tbody .acts a").get(1).attr("href"));
    assertThat(form.main().select(".does a").attr("href")).isEqualTo(table);

    PageAnswer post = submit(form);

    assertThat(post.header("Location")).endsWith(table);
    assertThat(notice(after(post))).isEqualTo("s-2 is now first.");
    assertThat(fleet.session("s-2").position()).isEqualTo(1);
    assertThat(lastAct().verb()).isEqualTo("front");
  }

  @Test
  void itIsCancelled() {
    PageAnswer form = form("/admin/work/s-2/cancel");
    assertThat(form.main().select(".act.harmful")).hasSize(1);

    assertThat(notice(after(submit(form, "reason", "no longer wanted"))))
        .isEqualTo("s-2 is cancelled.");

    assertThat(fleet.session("s-2").place()).isEqualTo(Place.ENDED);
    assertThat(lastAct().verb()).isEqualTo("stop");
    assertThat(lastAct().detail()).isEqualTo("was ready");
    assertThat(lastAct().reason()).isEqualTo("no longer wanted");
  }

  @Test
  void whatAWorkerHasMeanwhileIsLeftToIt() {
    fleet.worker("w-1");
    List<PageAnswer> open =
        List.of(
            form("/admin/work/s-1/priority"),
            form("/admin/work/s-1/front"),
            form("/admin/work/s-1/cancel"));
    assertThat(fleet.poll("w-1", 1)).containsExactly("s-1");

    for (PageAnswer form : open) {
      PageAnswer late = submit(form, "reason", "kept");
      assertThat(late.status()).isEqualTo(409);
      assertThat(problem(late)).startsWith("Nothing was changed: ");
      assertThat(late.main().selectFirst("#reason").attr("value")).isEqualTo("kept");
      assertThat(problem(form(form.main().selectFirst("form").attr("action"))))
          .isEqualTo("It is no longer waiting: it is claimed.");
    }
    assertThat(fleet.session("s-1").place()).isEqualTo(Place.CLAIMED);
    assertThat(audit()).isEmpty();
  }

  @Test
  void itsPageHasButtonsWhileItWaits() {
    assertThat(buttons("s-1")).containsExactly("Priority", "To the front", "More", "Cancel");
    assertThat(page("/admin/sessions/s-1").main().select("header .button")).isEmpty();
    fleet.deadLetter("s-3");
    assertThat(buttons("s-3")).containsExactly("Requeue", "More", "Discard");
  }

  private List<String> buttons(String id) {
    return form("/admin/sessions/" + id).main().select("header .acts .button").eachText();
  }

  @Test
  void anotherOrgsWorkAndDeadLettersAreUnknown() {
    TestFleet other = new TestFleet(server);
    other.work("theirs").enqueue();
    other.deadLetter("gone");

    for (String path :
        List.of(
            "/admin/work/theirs/priority",
            "/admin/work/theirs/front",
            "/admin/work/theirs/cancel",
            "/admin/dead/gone/requeue",
            "/admin/dead/gone/discard",
            "/admin/work/a%0Ab/front",
            "/admin/dead/a%0Ab/requeue")) {
      assertThat(form(path).status()).as(path).isEqualTo(404);
      assertThat(post(path, "priority", "1", "reason", "why").status()).as(path).isEqualTo(404);
    }
    assertThat(server.get("/admin/work/theirs/front", other.visitor(VisitorRole.OPERATOR)).status())
        .isEqualTo(200);
    assertThat(other.session("theirs").place()).isEqualTo(Place.READY);
    assertThat(other.session("gone").place()).isEqualTo(Place.DEAD);
  }
}
