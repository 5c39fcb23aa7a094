package dev.sluice.admin.stops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopActsTest extends ActTest {

  @BeforeEach
  void fill() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.work("b-1").project("billing").enqueue();
    fleet.poll("w-1", 3);
    fleet.work("waits").enqueue();
  }

  @Test
  void allThatRunsOfAProjectIsStopped() {
    PageAnswer form = form("/admin/queues/payments/stop");
    assertThat(form.text()).contains("Claimed now: 2 sessions.", "1 min 30 s");
    assertThat(form.main().select(".things li").eachText()).containsExactly("s-1", "s-2");
    assertThat(form.main().select(".act.harmful")).hasSize(1);

    PageAnswer post = submit(form, "reason", "it costs too much", "pause", "on");
    PageAnswer page = after(post);

    assertThat(post.header("Location")).contains("/admin/stops/stp-");
    assertThat(notice(page)).isEqualTo("2 sessions told to stop.");
    assertThat(page.text())
        .contains("0 of 2 confirmed, 2 still stopping.", "operator:ann", "it costs too much");
    assertThat(page.main().select(".tabs a").eachText())
        .containsExactly(
            "all 2", "sent 2", "delivered 0", "acknowledged 0", "ended 0", "unconfirmed 0");
    assertThat(fleet.session("s-1").state()).isEqualTo(SessionState.STOPPED);
    assertThat(fleet.session("b-1").state()).isNotEqualTo(SessionState.STOPPED);
    assertThat(fleet.session("waits").place()).isEqualTo(Place.READY);
    assertThat(fleet.queue("payments").pause()).isNotNull();
    assertThat(audit()).anyMatch(line -> line.verb().equals("stop-many"));
  }

  @Test
  void everythingIsStoppedByWhoTypesTheNameOfTheOrg() {
    for (String wrong : List.of("", "another")) {
      PageAnswer form = submit(form("/admin/stops"), "org", wrong, "reason", "why");
      assertThat(form.status()).isEqualTo(400);
      assertThat(form.main().select(".field.bad #org")).hasSize(1);
    }
    assertThat(fleet.session("s-1").state()).isNotEqualTo(SessionState.STOPPED);

    PageAnswer page = after(submit(form("/admin/stops"), "org", fleet.org));

    assertThat(notice(page)).isEqualTo("3 sessions told to stop.");
    assertThat(page.text()).contains("all projects");
    assertThat(fleet.session("b-1").state()).isEqualTo(SessionState.STOPPED);
    assertThat(fleet.queue("payments").pause()).isNull();
  }

  @Test
  void thePageGoesOnToTellAndIsFoundByItsLineOfAudit() {
    after(submit(form("/admin/queues/payments/stop")));
    fleet.report("s-1", "w-1", SessionState.STOPPED, 0);
    String link = page("/admin/activity").main().select("a[href*=/stops/]").attr("href");

    PageAnswer page = page(link);

    assertThat(page.text()).contains("1 of 2 confirmed, 1 still stopping.", "Refresh");
    assertThat(page.row("s-1")).startsWith("s-1", "ended").contains("w-1");
    PageAnswer ended = page(link + "?state=ended");
    assertThat(ended.main().select("tbody th .id").eachText()).containsExactly("s-1");
    fleet.report("s-2", "w-1", SessionState.STOPPED, 0);
    assertThat(page(link).text()).contains("2 of 2 confirmed.").doesNotContain("Refresh");
  }

  @Test
  void aStopThatNoWorkerConfirmedIsNeverShownAsDone() {
    fleet.worker("w-1");
    for (String id : List.of("heard", "quiet", "works")) {
      fleet.work(id).project("payments").enqueue();
    }
    assertThat(fleet.poll("w-1", 5)).contains("heard", "quiet", "works");
    fleet.stopOrder("stp-3", "payments", "heard", "quiet", "works");
    for (String id : List.of("heard", "quiet", "works")) {
      fleet.stop(id);
    }
    fleet.report("heard", "w-1", SessionState.STOPPED, 0);
    assertThat(page("/admin/stops/stp-3").main().selectFirst("h1 + .badge").text())
        .isEqualTo("stopping");
    fleet.passGrace("w-1");

    PageAnswer over = page("/admin/stops/stp-3");
    assertThat(over.main().selectFirst("h1 + .badge").text()).isEqualTo("2 unconfirmed");
    assertThat(over.main().select("h1 + .badge.done")).isEmpty();
    assertThat(over.main().selectFirst(".says").text())
        .isEqualTo(
            "1 of 3 confirmed, 2 unconfirmed: no answer from their workers in time; their agents"
                + " may still be running on host-w-1.");
    assertThat(page("/admin/sessions/quiet").main().selectFirst(".notice.held").text())
        .startsWith("Stop unconfirmed");

    server.clock.jump(Duration.ofSeconds(1));
    fleet.touch("works", "w-1");

    PageAnswer alarm = page("/admin/stops/stp-3?look=again");
    assertThat(alarm.main().selectFirst("h1 + .badge.fail").text()).isEqualTo("still running");
    assertThat(alarm.main().selectFirst(".notice.fail").text())
        .isEqualTo("Critical: 1 session still reports after the stop. End the agent on its host.");
    server.pass(Duration.ofSeconds(2));
    assertThat(page("/admin").main().select(".badge:contains(Critical)")).isNotEmpty();
    assertThat(page("/admin").main().text()).contains("works still runs after its stop");
    assertThat(page("/admin/sessions/works").main().selectFirst(".notice.fail").text())
        .startsWith("Critical: still running after its stop");
    assertThat(page("/admin/sessions/heard").main().select(".notice")).isEmpty();
  }

  @Test
  void manyReceiptsAreAPageAtATime() {
    String[] many = IntStream.range(0, 120).mapToObj(i -> "m-" + i).toArray(String[]::new);
    fleet.worker("w-2", 200, List.of(), "many");
    for (String id : many) {
      fleet.work(id).project("many").enqueue();
    }
    for (int i = 0; i < 24; i++) {
      fleet.poll("w-2", 5);
    }
    fleet.stopOrder("stp-many", "many", many);

    PageAnswer first = page("/admin/stops/stp-many?state=sent");
    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));
    PageAnswer third = page(second.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(third.main().select("tbody tr")).hasSize(20);
    assertThat(third.main().select("a[rel=next]")).isEmpty();
    assertThat(page("/admin/stops/stp-many?from=99999").text()).contains("No sessions here.");
  }

  @Test
  void whatIsNoStopIsAClearPage() {
    TestFleet other = new TestFleet(server);
    fleet.stopOrder("stp-ours", "payments", "s-1");
    String ours = "/admin/stops/stp-ours";

    assertThat(page(ours).status()).isEqualTo(200);
    assertThat(page("/admin/stops/none").text()).contains("No such stop order");
    assertThat(page("/admin/stops/a%0Ab").status()).isEqualTo(404);
    assertThat(server.get(ours, other.visitor(VisitorRole.VIEWER)).status()).isEqualTo(404);
    for (String query : List.of("?state=gone", "?from=-1", "?from=x", "?from=99999999999")) {
      assertThat(page(ours + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void whoMayFindsTheButtonWhereSomethingRuns() {
    for (String path : List.of("/admin", "/admin/system")) {
      assertThat(form(path).main().select(".acts a[href=/admin/stops]").text())
          .isEqualTo("Stop everything");
      assertThat(page(path).main().select(".acts a")).isEmpty();
    }
    assertThat(postAs(VisitorRole.VIEWER, "/admin/stops", "org", fleet.org).status())
        .isEqualTo(403);
    assertThat(fleet.session("s-1").state()).isNotEqualTo(SessionState.STOPPED);
  }
}
