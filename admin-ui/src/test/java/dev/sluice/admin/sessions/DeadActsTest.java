package dev.sluice.admin.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.admin.view.Formats;
import dev.sluice.backend.work.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadActsTest extends ActTest {

  @BeforeEach
  void fill() {
    fleet.deadLetter("s-1");
  }

  @Test
  void itWaitsAnew() {
    PageAnswer dead = form("/admin/work?state=dead");
    assertThat(dead.main().select("tbody .acts .button").eachText()).containsExactly("Requeue");
    PageAnswer form = form(dead.main().selectFirst("tbody .acts a").attr("href"));
    assertThat(form.text())
        .contains("Reason: its deadline came while it waited.")
        .contains(
            "Its deadline, "
                + Formats.exact(fleet.session("s-1").deadlineMs())
                + ", has passed: it will be requeued without one.");
    assertThat(form.main().select(".harmful")).isEmpty();

    PageAnswer post = submit(form, "reason", "there are workers now");

    assertThat(post.header("Location")).endsWith("/admin/work?state=dead");
    assertThat(notice(after(post))).isEqualTo("s-1 waits again.");
    assertThat(fleet.session("s-1").place()).isEqualTo(Place.READY);
    assertThat(fleet.session("s-1").deadlineMs()).isZero();
    assertThat(lastAct().verb()).isEqualTo("requeue");
    assertThat(lastAct().detail()).isEqualTo("was dead");
    assertThat(lastAct().reason()).isEqualTo("there are workers now");
  }

  @Test
  void itIsDiscarded() {
    PageAnswer form = form("/admin/dead/s-1/discard");
    assertThat(form.main().select(".act.harmful")).hasSize(1);

    assertThat(notice(after(submit(form)))).isEqualTo("s-1 is discarded.");

    assertThat(fleet.session("s-1").place()).isEqualTo(Place.ENDED);
    assertThat(lastAct().detail()).isEqualTo("was dead");
  }

  @Test
  void whatIsNoDeadLetterAnyMoreIsLeftAsItIs() {
    PageAnswer requeue = form("/admin/dead/s-1/requeue");
    PageAnswer discard = form("/admin/dead/s-1/discard");
    after(submit(requeue));

    assertThat(submit(discard).status()).isEqualTo(409);
    assertThat(submit(requeue).status()).isEqualTo(409);
    assertThat(problem(form("/admin/dead/s-1/discard")))
        .isEqualTo("It is no longer a dead letter: it is ready.");
    assertThat(fleet.session("s-1").place()).isEqualTo(Place.READY);
  }

  @Test
  void aViewerSeesNoButtons() {
    assertThat(page("/admin/work?state=dead").main().select(".acts .button")).isEmpty();
    assertThat(page("/admin/work?state=dead").main().select("th").eachText())
        .doesNotContain("Acts");
  }
}
