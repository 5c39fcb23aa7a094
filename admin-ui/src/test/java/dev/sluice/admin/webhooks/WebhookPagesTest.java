package dev.sluice.admin.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.control.WebhookList.Sent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookPagesTest extends ActTest {

  @BeforeEach
  void clear() {
    server.webhooks.clear();
  }

  @Test
  void webhooksAreListedWithTheirState() {
    server.webhooks.add("wh_1", "https://hooks.example/<b>");
    server.webhooks.add("wh_2", "https://hooks.example/", "the receiver answered 410");

    PageAnswer page = adminPage("/admin/webhooks");

    assertThat(page.main().select("tbody tr").eachText())
        .satisfiesExactly(
            first -> assertThat(first).contains("wh_1", "enabled", "hooks.example/<b>"),
            second -> assertThat(second).contains("wh_2", "disabled"));
    assertThat(page("/admin/webhooks").status()).as("viewers").isEqualTo(403);
  }

  @Test
  void aWebhookShowsItsLastDeliveries() {
    server.webhooks.add("wh_1", "https://hooks.example/", "the receiver answered 410");

    PageAnswer page = adminPage("/admin/webhooks/wh_1");

    assertThat(page.text()).contains("Nothing is sent: the receiver answered 410", "7 events");
    assertThat(page.main().select("tbody tr").eachText())
        .satisfiesExactly(
            test -> assertThat(test).contains("test", "dead", "no address of hooks.example"),
            second -> assertThat(second).contains("3", "retrying", "503", "12 ms"),
            third -> assertThat(third).contains("2", "delivered", "204"));
    assertThat(adminPage("/admin/webhooks/none").status()).isEqualTo(404);
  }

  @Test
  void aTestTellsHowItWent() {
    server.webhooks.add("wh_1", "https://hooks.example/");
    PageAnswer page = after(postAs(VisitorRole.OPERATOR, "/admin/webhooks/wh_1/test"));
    assertThat(notice(page)).isEqualTo("The test got: 204, after 7 ms.");

    server.webhooks.next = new Sent(0, "webhook.test", "dead", "503", 1, 1, 9, 0);
    page = after(postAs(VisitorRole.OPERATOR, "/admin/webhooks/wh_1/test"));
    assertThat(notice(page)).isEqualTo("The test got: 503, after 9 ms.");
    assertThat(postAs(VisitorRole.VIEWER, "/admin/webhooks/wh_1/test").status()).isEqualTo(403);
    assertThat(postAs(VisitorRole.OPERATOR, "/admin/webhooks/none/test").status()).isEqualTo(404);
  }
}
