package dev.sluice.admin.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class MessageActsTest extends ActTest {

  private static final String PAGE = "/admin/sessions/s-1";
  private static final String SEND = PAGE + "/message";
  private static final String NUDGE = PAGE + "/nudge";

  @Test
  void theComposerStandsOnTheSessionsPageForThoseWhoMay() {
    claimed();

    Element composer = form(PAGE).main().selectFirst(".composer form");
    assertThat(composer.attr("action")).isEqualTo(SEND);
    assertThat(composer.select("[name]").eachAttr("name"))
        .containsExactly("type", "lane", "text", "reason");
    assertThat(composer.select("[name=type] option").eachText())
        .containsExactly("directive", "nudge", "hook-result");
    assertThat(page(PAGE).main().select(".composer, .acts .button")).isEmpty();
  }

  @Test
  void itIsThereWhereAMessageReachesTheSessionAlone() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    assertThat(composer()).as("it waits").isTrue();
    fleet.poll("w-1", 1);
    assertThat(composer()).as("claimed").isTrue();
    post(PAGE + "/stop", "reason", "");
    assertThat(composer()).as("being stopped").isFalse();
    post("/admin/workers/w-1/deregister", "reason", "");
    assertThat(composer()).as("ended").isFalse();
  }

  @Test
  void aMessageIsStoredAsTheApiWould() {
    claimed();

    PageAnswer post =
        post(
            SEND, "type", "directive", "lane", "", "text", " Leave\r\nthe lexer ", "reason", "why");

    assertThat(post.header("Location")).endsWith(PAGE + "#inbox");
    Message message = inbox().get(0);
    assertThat(message.type()).isEqualTo(MessageType.DIRECTIVE);
    assertThat(message.lane()).isEqualTo(Lane.URGENT);
    assertThat(message.payload()).as("as typed").isEqualTo(" Leave\nthe lexer ");
    assertThat(message.userId()).isEqualTo("operator:ann");
    assertThat(message.userName()).isEqualTo("ann");
    PageAnswer page =
        after(server.post(SEND, encoded("type", "nudge", "text", "go on"), operator()));
    assertThat(notice(page)).isEqualTo("The nudge is in the normal lane of session s-1.");
    assertThat(page.main().selectFirst("[aria-label='Lane urgent']").text())
        .contains("directive from ann", "Leave the lexer");
    AuditLine line = audit().get(1);
    assertThat(List.of(line.verb(), line.object(), line.reason(), line.detail()))
        .containsExactly("send", "s-1", "why", "directive, urgent");
    assertThat(page("/admin/activity").row("directive"))
        .containsExactly(
            "now", "ann operator", "sent a message to", "session s-1", "directive, urgent", "why");
    assertThat(page("/admin/activity").main().select("td a").eachAttr("href")).contains(PAGE);
  }

  @Test
  void theLaneMayBeChosen() {
    claimed();

    post(SEND, "type", "hook-result", "lane", "urgent", "text", "{\"ok\":true}");
    post(SEND, "type", "directive", "lane", "normal", "text", "no hurry");

    assertThat(inbox()).extracting(Message::lane).containsExactly(Lane.URGENT, Lane.NORMAL);
    assertThat(inbox().get(0).payload()).isEqualTo("{\"ok\":true}");
  }

  @Test
  void theFormSaysWhoGetsItAndHowTheApiDoesIt() {
    claimed();

    PageAnswer form = form(SEND + "?type=nudge&lane=urgent&text=it's");

    assertThat(form.text()).contains("Message session s-1", "Claimed by worker w-1.", "urgent");
    assertThat(form.main().selectFirst("option[value=nudge]").hasAttr("selected")).isTrue();
    assertThat(form.main().selectFirst("details pre").wholeText())
        .contains(
            "/api/sessions/s-1/inbox",
            "{\"type\":\"nudge\",\"lane\":\"urgent\",\"payload\":\"it'\\''s\"");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void aTextUpToTheLimitIsTakenAndBeyondItIsSaidByHowMuch() {
    claimed();
    String most = "é".repeat(NewMessage.MAX_PAYLOAD_BYTES / 2);

    assertThat(post(SEND, "type", "directive", "text", most).status()).isEqualTo(303);
    PageAnswer over = post(SEND, "type", "directive", "text", most + "é");
    PageAnswer one = post(NUDGE, "text", most + "x");

    assertThat(inbox()).extracting(Message::payload).containsExactly(most);
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.text()).contains("Text must be at most 65536 bytes of UTF-8; 2 are too many.");
    assertThat(over.main().selectFirst("#text").wholeText()).as("nothing is lost").contains(most);
    assertThat(one.text()).contains("1 is too many");
  }

  @Test
  void whatIsWrongWithAFieldIsSaidOnTheActsOwnPage() {
    claimed();

    refused("Type must be from the list", "type", "stop", "text", "x");
    refused("Type must be from the list", "text", "x");
    refused("Lane must be from the list", "type", "nudge", "lane", "fast", "text", "x");
    refused("Text is required", "type", "nudge", "text", " \r\n ");
    refused("Text is required", "type", "nudge");
    refused("Reason must", "type", "nudge", "text", "x", "reason", "a\u0007");
    assertThat(inbox()).isEmpty();
    assertThat(audit()).isEmpty();
  }

  private void refused(String words, String... fields) {
    PageAnswer post = post(SEND, fields);
    assertThat(post.status()).as(words).isEqualTo(400);
    assertThat(post.text()).contains("Message session s-1", "Nothing was changed: " + words);
  }

  @Test
  void aFullInboxIsSaidInWords() {
    claimed();
    for (int i = 0; i < Rules.DEFAULTS.maxUnacked(); i++) {
      fleet.send("s-1", MessageType.NUDGE, Lane.NORMAL, "x", "bob");
    }

    PageAnswer post = post(SEND, "type", "directive", "text", "one more", "reason", "why");

    assertThat(post.status()).isEqualTo(409);
    assertThat(post.text()).contains("Nothing was changed: the inbox of session s-1 is full.");
    assertThat(post.main().selectFirst("#text").wholeText()).contains("one more");
    assertThat(post(NUDGE, "back", PAGE).status()).isEqualTo(409);
  }

  @Test
  void anEndedSessionGetsNone() {
    claimed();
    post("/admin/sessions/s-1/stop", "reason", "");

    for (String path : List.of(SEND, NUDGE)) {
      PageAnswer post = post(path, "type", "directive", "text", "too late");
      assertThat(post.status()).as(path).isEqualTo(409);
      assertThat(post.text()).contains("Nothing was changed: ", "Being stopped already");
    }
    assertThat(form(SEND).text()).contains("It can no longer receive messages.");
  }

  @Test
  void aNudgeIsOneClickOrAFormWithAnotherText() {
    claimed();

    Element button = form(PAGE).main().selectFirst(".acts form");
    assertThat(button.attr("action")).isEqualTo(NUDGE);
    PageAnswer post = post(NUDGE, "back", PAGE + "?activities=all");
    assertThat(post.header("Location")).endsWith(PAGE + "?activities=all");
    assertThat(notice(after(post))).isEqualTo("The nudge is in the normal lane of session s-1.");
    assertThat(form(NUDGE).main().selectFirst("#text").wholeText()).contains(NudgeAct.USUAL);
    post(NUDGE, "text", "and the tests?", "reason", "slow");

    assertThat(inbox())
        .extracting(Message::type, Message::lane, Message::payload)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(MessageType.NUDGE, Lane.NORMAL, NudgeAct.USUAL),
            org.assertj.core.groups.Tuple.tuple(MessageType.NUDGE, Lane.NORMAL, "and the tests?"));
    assertThat(audit().get(0).reason()).isEqualTo("slow");
  }

  @Test
  void sessionsOfAnotherOrgAreUnknown() {
    new TestFleet(server).work("elsewhere").enqueue();

    for (String act : List.of("message", "nudge", "stop", "requeue", "again")) {
      for (String id : List.of("elsewhere", "never", "a%0Ab")) {
        String path = "/admin/sessions/" + id + "/" + act;
        assertThat(form(path).status()).as(path).isEqualTo(404);
        assertThat(post(path, "type", "nudge", "text", "x").status()).as(path).isEqualTo(404);
      }
    }
    assertThat(audit()).isEmpty();
  }

  private void claimed() {
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    assertThat(fleet.poll("w-1", 1)).containsExactly("s-1");
  }

  private boolean composer() {
    return form(PAGE).main().selectFirst(".composer") != null;
  }

  private dev.sluice.admin.Visitor operator() {
    return fleet.visitor(VisitorRole.OPERATOR);
  }

  private List<Message> inbox() {
    return server.store.there().inboxes().list(fleet.org, "s-1");
  }
}
