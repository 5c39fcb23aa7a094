package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.message;
import static dev.sluice.backend.redis.agentfactory.OtherServer.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

class InboxCasesTest {

  private static final String NORMAL = "agent:inbox:agt:normal";
  private static final String URGENT = "agent:inbox:agt:urgent";

  private static OtherServer other;

  @BeforeAll
  static void start() {
    other = new OtherServer();
  }

  @AfterAll
  static void stop() {
    other.close();
  }

  @BeforeEach
  void twoSessionsOfOneAgent() {
    other.clear();
    other.worker(WORKER);
    other.running("a", WORKER, ",\"agentId\":\"agt\"");
    other.running("b", WORKER, ",\"agentId\":\"agt\"");
  }

  private static String sent(String stream, String session, String type, String payload) {
    return stream + "[" + other.send(stream, message(session, type, payload, other.now())) + "]";
  }

  @Test
  void anAgentsInboxIsSplitBySession() {
    other.makeGroup(NORMAL);
    sent(NORMAL, "a", "hook-result", "a1");
    sent(NORMAL, "b", "hook-result", "b1");
    sent(NORMAL, "a", "nudge", "a2");
    other.readOne(NORMAL, WORKER);

    Imported imported = other.read();

    assertThat(imported.messages("a")).extracting(MessageCopy::payload).containsExactly("a1", "a2");
    assertThat(imported.messages("b")).extracting(MessageCopy::payload).containsExactly("b1");
    MessageCopy read = imported.messages("a").get(0);
    assertThat(read.offeredTo()).isEqualTo(WORKER);
    assertThat(read.hiddenUntilMs() - Rules.DEFAULTS.visibilityMs())
        .isBetween(other.now() - 600_000, other.now() + 1_000);
    assertThat(read.userName()).isEqualTo("Ann");
    assertThat(imported.lines()).isEmpty();
  }

  @Test
  void aStreamWithoutItsGroupIsUnread() {
    sent(URGENT, "a", "directive", "x");

    assertThat(other.read().messages("a"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.lane()).isEqualTo(Lane.URGENT);
              assertThat(each.hiddenUntilMs()).isZero();
              assertThat(each.offeredTo()).isNull();
            });
  }

  @Test
  void aReaderThatIsGoneIsNotNamed() {
    other.makeGroup(NORMAL);
    sent(NORMAL, "a", "nudge", "x");
    other.readOne(NORMAL, "wkr_gone");

    assertThat(other.read().messages("a").get(0).offeredTo()).isNull();
  }

  @Test
  void readMessagesKeepTheirIdsWhereTheyCan() {
    other.makeGroup(NORMAL);
    for (String id : List.of("1790000000000-0", "1790000000001-0", "1790000000002-7")) {
      other
          .jedis()
          .xadd(
              NORMAL,
              Map.of("data", message("a", "nudge", id, 1_790_000_000_000L)),
              XAddParams.xAddParams().id(new StreamEntryID(id)));
      other.readOne(NORMAL, WORKER);
    }

    List<MessageCopy> messages = other.read().messages("a");

    assertThat(messages)
        .extracting(MessageCopy::payload)
        .containsExactly("1790000000000-0", "1790000000001-0", "1790000000002-7");
    assertThat(messages.get(0).id()).isEqualTo("1790000000000-0");
    assertThat(messages.get(1).id()).startsWith("1790000000001-").isNotEqualTo("1790000000001-0");
    assertThat(messages).extracting(MessageCopy::seq).isSorted().doesNotHaveDuplicates();
    assertThat(messages).allMatch(each -> each.id().endsWith("-" + each.seq()));
  }

  @Test
  void anUnreadMessageInTheArchiveOfAnotherSessionIsDelivered() {
    other.session("ended", "completed", ",\"agentId\":\"agt\",\"workerId\":\"" + WORKER + '"');
    String archive = "agent:inbox:archive:agt:ended:normal";
    other.makeGroup(archive);
    sent(archive, "ended", "hook-result", "late");
    sent(archive, "a", "hook-result", "for a");

    Imported imported = other.read();

    assertThat(imported.messages("ended"))
        .singleElement()
        .matches(each -> each.archivedAtMs() == imported.session("ended").endedAtMs());
    assertThat(imported.messages("a")).singleElement().matches(each -> each.archivedAtMs() == 0);
  }

  @Test
  void aStopOfARunningSessionStopsIt() {
    other.makeGroup(URGENT);
    sent(URGENT, "a", "stop", "by Ann");
    String second = sent(URGENT, "a", "stop", "again");
    sent(URGENT, "a", "directive", "go on");

    Imported imported = other.read();

    assertThat(imported.session("a").place()).isEqualTo(Place.CLAIMED);
    assertThat(imported.session("a").state()).isEqualTo(SessionState.STOPPED);
    assertThat(imported.messages("a"))
        .extracting(MessageCopy::payload)
        .as("a stop is the last")
        .containsExactly("go on", "by Ann");
    assertThat(imported.lines())
        .containsExactly(second + " left out: its session has another stop");
  }

  @Test
  void aStopOfAnEarlierRunIsLeftOut() {
    long before = other.now() - 3_600_000;
    StreamEntryID id =
        other
            .jedis()
            .xadd(
                URGENT,
                new StreamEntryID(before, 0),
                Map.of("data", message("a", "stop", "old", before)));
    other.session("w", "pending");
    other.queue("w");
    String waiting = sent(URGENT, "w", "stop", "old");

    Imported imported = other.read();

    assertThat(imported.session("a").state()).isEqualTo(SessionState.RUNNING);
    assertThat(imported.session("w").place()).isEqualTo(Place.READY);
    assertThat(imported.lines())
        .containsExactlyInAnyOrder(
            URGENT + "[" + id + "] left out: a stop older than the claim",
            waiting + " left out: a stop of a session that is ready");
  }

  @Test
  void entriesThatAreNoMessages() {
    String unknown = sent(NORMAL, "nobody", "nudge", "x");
    String type = sent(NORMAL, "a", "greeting", "x");
    String json = NORMAL + "[" + other.send(NORMAL, "{\"type\"") + "]";
    String session =
        NORMAL + "[" + other.send(NORMAL, "{\"type\":\"nudge\",\"payload\":\"x\"}") + "]";
    String payload =
        NORMAL + "[" + other.send(NORMAL, "{\"type\":\"nudge\",\"sessionId\":\"a\"}") + "]";
    String large = sent(NORMAL, "a", "nudge", "x".repeat(65_537));
    String field =
        NORMAL + "[" + other.jedis().xadd(NORMAL, StreamEntryID.NEW_ENTRY, Map.of("x", "y")) + "]";

    Imported imported = other.read();

    assertThat(imported.all(MessageCopy.class)).isEmpty();
    assertThat(imported.lines())
        .containsExactlyInAnyOrder(
            unknown + " left out: its session is unknown",
            type + " left out: its type is unknown",
            json + " left out: it has no JSON object in the field data",
            session + " left out: it names no session",
            payload + " left out: it has no payload",
            large + " left out: its payload must be at most 65536 bytes of UTF-8; 1 is too many",
            field + " left out: it has no JSON object in the field data");
  }

  @Test
  void aTrimmedMessageIsListed() {
    other.makeGroup(NORMAL);
    String trimmed = sent(NORMAL, "a", "nudge", "x");
    other.readOne(NORMAL, WORKER);
    other.jedis().xtrim(NORMAL, 0, false);

    assertThat(other.read().lines()).containsExactly(trimmed + " left out: its text was trimmed");
  }

  @Test
  void promptsOfOldVersionsAreDirectives() {
    other
        .jedis()
        .rpush(
            "session:prompts:a",
            "{\"id\":\"prm_1\",\"sessionId\":\"a\",\"prompt\":\"more\",\"createdAt\":1790000000000}",
            "{}");

    Imported imported = other.read();

    assertThat(imported.messages("a"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.kind()).isEqualTo(MessageType.DIRECTIVE);
              assertThat(each.lane()).isEqualTo(Lane.URGENT);
              assertThat(each.payload()).isEqualTo("more");
            });
    assertThat(imported.lines())
        .containsExactly("session:prompts:a[1] left out: it is no JSON object with a prompt");
  }
}
