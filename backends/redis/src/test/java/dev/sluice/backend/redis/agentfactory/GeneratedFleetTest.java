package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.CLAIMED;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.LIVE;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.PARKED;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.SESSIONS;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.T;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.WAITING;
import static dev.sluice.backend.redis.agentfactory.GeneratedFleet.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Names;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class GeneratedFleetTest {

  private static Imported imported;
  private static long keysBefore;
  private static long keysAfter;

  @BeforeAll
  static void readIt() {
    try (RedisServerProcess server = RedisServerProcess.start();
        Jedis jedis = server.connect()) {
      GeneratedFleet.load(jedis);
      keysBefore = jedis.dbSize();
      imported = Imported.of(server);
      keysAfter = jedis.dbSize();
    }
  }

  @Test
  void everySessionHasItsPlace() {
    Map<Place, Long> places =
        imported.all(SessionCopy.class).stream()
            .collect(Collectors.groupingBy(SessionCopy::place, Collectors.counting()));

    assertThat(places)
        .containsOnly(
            Map.entry(Place.READY, (long) WAITING),
            Map.entry(Place.CLAIMED, (long) LIVE),
            Map.entry(Place.ENDED, (long) SESSIONS - LIVE),
            Map.entry(Place.PARKED, (long) PARKED));
  }

  @Test
  void onlyAcknowledgedMessagesAreLeftOut() {
    assertThat(imported.lines())
        .containsExactly("agent:inbox:* left out: 400 acknowledged messages");
    assertThat(keysAfter).isEqualTo(keysBefore);
  }

  @Test
  void waitingWorkKeepsItsOrder() {
    List<String> order =
        imported.all(SessionCopy.class).stream()
            .filter(session -> session.place() == Place.READY)
            .sorted(
                Comparator.comparingLong(SessionCopy::score)
                    .thenComparing(SessionCopy::id, Names::compareBytes))
            .map(SessionCopy::id)
            .toList();

    assertThat(order)
        .isEqualTo(
            IntStream.range(0, WAITING)
                .boxed()
                .sorted(
                    Comparator.<Integer, Integer>comparing(GeneratedFleet::priority)
                        .thenComparing(Function.identity()))
                .map(GeneratedFleet::waiting)
                .toList());
  }

  @Test
  void itemsStayByteForByte() {
    Map<String, SessionCopy> sessions = imported.sessions();
    for (int n = 0; n < WAITING; n++) {
      SessionCopy session = sessions.get(GeneratedFleet.waiting(n));
      assertThat(session.item()).isEqualTo(GeneratedFleet.item(n));
      assertThat(session.project()).isEqualTo("proj-" + n % 10);
    }
  }

  @Test
  void workersKeepIdsAndClaims() {
    List<WorkerCopy> workers = imported.all(WorkerCopy.class);
    assertThat(workers)
        .extracting(worker -> worker.registration().workerId())
        .isEqualTo(IntStream.range(0, WORKERS).mapToObj(GeneratedFleet::worker).toList());
    for (int k = 0; k < LIVE; k++) {
      SessionCopy session = imported.session(GeneratedFleet.session(k));
      assertThat(session.claim().owner()).isEqualTo(GeneratedFleet.worker(k % WORKERS));
      assertThat(session.claim().claimedAtMs()).isEqualTo(T + k);
      assertThat(session.state())
          .isEqualTo(k < CLAIMED ? SessionState.CLAIMED : SessionState.RUNNING);
      assertThat(session.claim().acceptByMs() > 0).isEqualTo(k < CLAIMED);
    }
  }

  @Test
  void tokensAndNumbersGrow() {
    OrgRecord.Numbers numbers = imported.all(OrgRecord.Numbers.class).get(0);
    List<Long> tokens =
        imported.all(SessionCopy.class).stream()
            .map(session -> session.claim().token())
            .filter(token -> token > 0)
            .toList();
    assertThat(tokens).hasSize(SESSIONS).doesNotHaveDuplicates();
    assertThat(tokens).allMatch(token -> token <= numbers.token());
    assertThat(numbers.token()).isGreaterThan(numbers.nowMs() * 1024);
    assertThat(imported.all(SessionCopy.class))
        .allMatch(session -> session.enqueuedSeq() <= numbers.seq());
  }

  @Test
  void parkedWorkWaitsBehindTheClaimOfItsIssue() {
    for (int p = 0; p < PARKED; p++) {
      SessionCopy parked = imported.session(GeneratedFleet.parked(p));
      assertThat(parked.place()).isEqualTo(Place.PARKED);
      assertThat(parked.issueId()).isEqualTo(GeneratedFleet.issue(GeneratedFleet.parkedBehind(p)));
      assertThat(parked.priority()).isEqualTo(2);
    }
  }

  @Test
  void endedSessionsKeepStateAndCost() {
    for (int k = LIVE; k < SESSIONS; k++) {
      SessionCopy session = imported.session(GeneratedFleet.session(k));
      assertThat(session.state().wire()).isEqualTo(GeneratedFleet.ended(k));
      assertThat(session.claim().costMicroUsd()).isEqualTo(250_000);
      assertThat(session.claim().fields())
          .isEqualTo(Map.of("totalCostUsd", "0.25", "inputTokens", "10", "outputTokens", "20"));
      assertThat(imported.messages(session.id()))
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.payload()).isEqualTo("unread at the end");
                assertThat(message.archivedAtMs()).isEqualTo(session.endedAtMs());
              });
    }
  }

  @Test
  void messagesKeepLaneOrderAndState() {
    for (int k = CLAIMED; k < LIVE; k++) {
      List<MessageCopy> messages = imported.messages(GeneratedFleet.session(k));
      boolean urgent = k % 2 == 1;
      assertThat(messages)
          .extracting(MessageCopy::payload)
          .isEqualTo(urgent ? List.of("urgent", "read", "unread") : List.of("read", "unread"));
      assertThat(messages)
          .extracting(MessageCopy::lane)
          .isEqualTo(
              urgent
                  ? List.of(Lane.URGENT, Lane.NORMAL, Lane.NORMAL)
                  : List.of(Lane.NORMAL, Lane.NORMAL));
      MessageCopy read = messages.get(messages.size() - 2);
      assertThat(read.id()).startsWith(T + "-");
      assertThat(read.offeredTo()).isEqualTo(GeneratedFleet.worker(k % WORKERS));
      assertThat(read.hiddenUntilMs()).isPositive();
      assertThat(messages.get(messages.size() - 1).hiddenUntilMs()).isZero();
      assertThat(messages).allMatch(each -> each.id().endsWith("-" + each.seq()));
    }
    assertThat(imported.messages(GeneratedFleet.session(CLAIMED)))
        .extracting(MessageCopy::id)
        .as("the first of this id, which its worker may acknowledge")
        .contains(T + "-1");
    assertThat(imported.all(MessageCopy.class))
        .hasSize(400 * 2 + 200 + 50)
        .extracting(MessageCopy::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void recordsAreInTheOrderOfTheContract() {
    List<String> kinds =
        imported.records().stream()
            .map(
                record ->
                    record instanceof MessageCopy
                        ? "SessionCopy"
                        : record.getClass().getSimpleName())
            .distinct()
            .toList();
    assertThat(kinds).containsExactly("Numbers", "WorkerCopy", "SessionCopy");
    assertThat(List.copyOf(imported.sessions().keySet()))
        .isSortedAccordingTo(Names::compareBytes)
        .hasSize(WAITING + SESSIONS + PARKED);
    String session = "";
    for (OrgRecord record : imported.records()) {
      if (record instanceof SessionCopy copy) {
        session = copy.id();
      } else if (record instanceof MessageCopy message) {
        assertThat(message.sessionId()).isEqualTo(session);
      }
    }
  }
}
