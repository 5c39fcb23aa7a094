package dev.sluice.admin.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InboxPageTest extends PageTestBase {

  @Test
  void anEmptyLaneSaysWhatStandsThere() {
    PageAnswer page = page("/admin/inbox");

    assertThat(page.text()).contains("No unacknowledged messages in this lane.");
    assertThat(page.main().select(".tabs a").eachText()).containsExactly("urgent 0", "normal 0");
  }

  @Test
  void theOldestMessageOfAllSessionsComesFirstWithHowFarItCame() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.poll("w-1", 1);
    fleet.send("s-2", MessageType.DIRECTIVE, Lane.URGENT, "later for you", "ann");
    server.clock.jump(Duration.ofMinutes(3));
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "bob");
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "go on", "bob");
    fleet.poll("w-1", 0);
    server.clock.jump(Duration.ofSeconds(20));

    PageAnswer page = page("/admin/inbox");

    assertThat(page.main().select("tbody tr")).hasSize(2);
    assertThat(page.main().select("tbody tr").get(0).select("th, td").eachText())
        .containsExactly(
            "3 min ago", "directive later for you", "s-2", "queued", "never", "ann", "no worker");
    assertThat(page.main().select("tbody tr").get(1).select("th, td").eachText())
        .containsExactly(
            "20 s ago",
            "directive look here",
            "s-1",
            "delivered",
            "20 s ago",
            "bob",
            "host-w-1 w-1 ready");
    assertThat(page.main().select("tbody th a").eachAttr("href"))
        .containsExactly("/admin/sessions/s-2", "/admin/sessions/s-1");
    assertThat(page.main().select(".tabs a").eachText()).containsExactly("urgent 2", "normal 1");
    assertThat(page.text()).contains("The oldest in this lane was sent 3 min ago.");
    assertThat(page("/admin/inbox?lane=normal").row("s-1")).contains("nudge go on");
  }

  @Test
  void aWorkerThatIsSilentIsSaidToBe() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "ann");
    server.clock.jump(Duration.ofMinutes(2));

    assertThat(page("/admin/inbox").row("s-1")).contains("host-w-1 w-1 quiet");
  }

  @Test
  void whatIsAcknowledgedOrOfAnotherOrgIsNotThere() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.poll("w-1", 1);
    String read = fleet.send("s-1", MessageType.DIRECTIVE, Lane.URGENT, "look here", "ann");
    fleet.ack("s-1", read, Lane.URGENT, "w-1");
    TestFleet other = new TestFleet(server);
    other.work("elsewhere").enqueue();
    other.send("elsewhere", MessageType.DIRECTIVE, Lane.URGENT, "not yours", "eve");

    PageAnswer page = page("/admin/inbox");

    assertThat(page.text()).contains("No unacknowledged messages in this lane.");
    assertThat(page.body()).doesNotContain("not yours");
  }

  @Test
  void aLongLaneIsReadPageByPage() {
    fleet.work("s-1").enqueue();
    for (int i = 1; i <= 120; i++) {
      fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "number " + i + ".", "ann");
    }
    PageAnswer first = page("/admin/inbox?lane=normal");
    assertThat(first.main().select("tbody tr")).hasSize(50);
    assertThat(first.text()).contains("number 1.", "number 50.").doesNotContain("number 51.");

    PageAnswer second = page(first.main().selectFirst("a[rel=next]").attr("href"));
    assertThat(second.main().selectFirst("tbody tr").text()).contains("number 51.");
    PageAnswer last = page(second.main().selectFirst("a[rel=next]").attr("href"));

    assertThat(last.main().select("tbody tr")).hasSize(20);
    assertThat(last.main().select("a[rel=next]")).isEmpty();
    assertThat(last.main().select(".pager a").attr("href")).isEqualTo("/admin/inbox?lane=normal");
  }

  @Test
  void aCursorFromYesterdayGoesOnWhereItEnded() {
    fleet.work("s-1").enqueue();
    fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "long ago", "ann");
    String cursor = new Cursor(1_000_000, "gone").text();

    assertThat(page("/admin/inbox?lane=normal&cursor=" + cursor).text())
        .contains("No unacknowledged messages in this lane.");
    assertThat(page("/admin/inbox?cursor=nonsense!").status()).isEqualTo(400);
  }

  @Test
  void anUnknownLaneIsRefused() {
    PageAnswer page = page("/admin/inbox?lane=slow");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("No such lane.");
  }
}
