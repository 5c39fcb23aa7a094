package dev.sluice.admin.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.admin.acts.FormTime;
import dev.sluice.backend.queues.QueueLimits;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueActsTest extends ActTest {

  private static final String PAUSE = "/admin/queues/payments/pause";
  private static final String LIMITS = "/admin/queues/payments/limits";

  @BeforeEach
  void fill() {
    fleet.work("s-1").enqueue();
  }

  @Test
  void aPauseMayEndAtATime() {
    String until = FormTime.text(server.clock.now() + 7_200_000);

    PageAnswer page = after(post(PAUSE, "reason", "why", "for", "until resumed", "until", until));

    assertThat(notice(page)).isEqualTo("payments is paused until " + until + ":00 UTC.");
    assertThat(FormTime.text(fleet.queue("payments").pause().untilMs())).isEqualTo(until);
    assertThat(form(PAUSE + "?until=" + until.replace(" ", "T") + "Z").body())
        .contains("&quot;until&quot;:&quot;" + until.replace(" ", "T") + ":00Z&quot;");
  }

  @Test
  void aTimeThatIsNoneOrHasPassedIsRefused() {
    for (String wrong :
        List.of(
            "tomorrow", "2026-02-30 10:00", "+12026-01-01 10:00", "25:00", "2026-13-01 10:00")) {
      PageAnswer form = post(PAUSE, "reason", "why", "for", "for 1 hour", "until", wrong);
      assertThat(form.status()).as(wrong).isEqualTo(400);
      assertThat(problem(form)).contains("must be a time like 18:00 or 2026-12-24 18:00");
    }
    PageAnswer form =
        post(PAUSE, "reason", "why", "for", "for 1 hour", "until", "1999-12-31 23:59");
    assertThat(problem(form)).isEqualTo("Nothing was changed: Or until has passed.");
    assertThat(fleet.queue("payments").pause()).isNull();
  }

  @Test
  void aTimeIsInTheZoneThatTheBrowserSent() {
    PageAnswer page =
        after(
            post(
                PAUSE,
                "reason",
                "why",
                "for",
                "until resumed",
                "until",
                "2999-07-01T10:20",
                "zone",
                "Europe/Berlin"));

    assertThat(notice(page)).isEqualTo("payments is paused until 2999-07-01 10:20 Europe/Berlin.");
    assertThat(FormTime.text(fleet.queue("payments").pause().untilMs()))
        .isEqualTo("2999-07-01 08:20");
    assertThat(form(PAUSE).text()).contains("Times are in UTC, now ");
    PageAnswer form = post(PAUSE, "reason", "why", "until", "10:20", "zone", "Nowhere/Else");
    assertThat(problem(form)).contains("is in a time zone that this server does not know");
  }

  @Test
  void limitsAreShownAndSet() {
    fleet.limit("payments", 4, 5_250_000L);

    PageAnswer form = form(LIMITS);
    assertThat(form.text()).contains("At most 4 claimed sessions, $0 of $5.25 spent today");
    assertThat(form.main().selectFirst("#maxConcurrent").attr("value")).isEqualTo("4");
    assertThat(form.main().selectFirst("#dailyBudgetUsd").attr("value")).isEqualTo("5.25");
    assertThat(form.main().selectFirst("details pre").wholeText())
        .contains("-X PUT", "{\"maxConcurrent\":4,\"dailyBudgetUsd\":5.25,\"reason\":\"why\"}");

    PageAnswer page =
        after(submit(form, "maxConcurrent", "7", "dailyBudgetUsd", "", "reason", "more of it"));
    assertThat(notice(page))
        .isEqualTo("Limits of payments: At most 7 claimed sessions, no budget.");
    assertThat(fleet.queue("payments").limits()).isEqualTo(new QueueLimits(7, null));
    assertThat(lastAct().verb()).isEqualTo("limit");
    assertThat(lastAct().reason()).isEqualTo("more of it");

    after(post(LIMITS, "maxConcurrent", "", "dailyBudgetUsd", ""));
    assertThat(fleet.queue("payments").limits()).isEqualTo(QueueLimits.NONE);
  }

  @Test
  void limitsThatCanNotBeAreRefused() {
    fleet.limit("payments", 4, 5_250_000L);
    for (String wrong : List.of("-1", "1.5", "many", "2147483648", "1,000")) {
      PageAnswer form = post(LIMITS, "maxConcurrent", wrong, "dailyBudgetUsd", "1");
      assertThat(form.status()).as(wrong).isEqualTo(400);
    }
    for (String wrong :
        List.of("-1", "1e3", "1e-999999999", "NaN", "1000000001", "1,5", "0.0000001", "$5")) {
      PageAnswer form = post(LIMITS, "maxConcurrent", "1", "dailyBudgetUsd", wrong);
      assertThat(form.status()).as(wrong).isEqualTo(400);
      assertThat(problem(form)).contains("must be a number from 0 to 1000000000");
      assertThat(form.main().selectFirst("#dailyBudgetUsd").attr("value")).isEqualTo(wrong);
    }
    assertThat(fleet.queue("payments").limits()).isEqualTo(new QueueLimits(4, 5_250_000L));
  }

  @Test
  void aQueueHasButtonsForWhatIsInIt() {
    assertThat(form("/admin/queues/payments").main().select("header .acts .button").eachText())
        .containsExactly("Pause", "Limits", "Priority of waiting", "More", "Cancel waiting");
    fleet.worker("w-1");
    fleet.poll("w-1", 1);
    fleet.deadLetter("s-2");
    assertThat(form("/admin/queues/payments").main().select("header .acts .button").eachText())
        .containsExactly("Pause", "Limits", "Requeue dead", "More", "Discard dead", "Stop running");
    assertThat(page("/admin/queues/payments?place=dead").main().select(".button")).isEmpty();
  }

  @Test
  void whatIsNoNameIsNoQueue() {
    for (String act : List.of("limits", "stop", "cancel-all", "priority-all")) {
      assertThat(form("/admin/queues/a%0Ab/" + act).status()).as(act).isEqualTo(404);
      assertThat(post("/admin/queues/a%0Ab/" + act).status()).as(act).isEqualTo(404);
    }
    assertThat(form("/admin/queues/payments/other").status()).isEqualTo(404);
  }
}
