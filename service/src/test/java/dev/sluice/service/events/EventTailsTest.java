package dev.sluice.service.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.api.answers.EventAnswers.EventList;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.errors.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of a log on a clock, threads and clients that the test moves. */
class EventTailsTest {

  private static final Caller CALLER =
      new Caller(Caller.Mode.USER_KEY, "org", null, "key", Set.of(Scope.FLEET_READ), Projects.ALL);

  private static final LifeCycle ANY = new AbstractLifeCycle() {};

  private final StoredEvents log = new StoredEvents();
  private final List<Runnable> tasks = new ArrayList<>();
  private final EventTails tails =
      new EventTails(
          log,
          new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE).sessions(),
          this::now,
          100,
          tasks::add);
  private final List<StreamClient> clients = new ArrayList<>();
  private final List<Object> answers = new ArrayList<>();
  private long now;
  private boolean stands = true;

  private long now() {
    return now;
  }

  // One tail

  @Test
  void allReadersThatHaveCaughtUpShareOneRead() {
    log.add(10);
    IntStream.range(0, 50).forEach(i -> stream("oldest"));
    settle();
    int before = log.reads();
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofMillis(200));
    }
    assertThat(log.reads()).isEqualTo(before + 10);

    log.add(3);
    pass(Duration.ofMillis(200));

    assertThat(log.reads()).isEqualTo(before + 11);
    assertThat(clients).allSatisfy(client -> assertThat(client.ids()).isEqualTo(numbers(1, 13)));
  }

  @Test
  void aTailWithoutReadersReadsNothing() {
    StreamClient client = stream("latest");
    settle();
    tails.lifeCycleStopping(ANY);
    assertThat(client.isEnded()).isTrue();
    int before = log.reads();
    pass(Duration.ofSeconds(1));
    assertThat(log.reads()).isEqualTo(before);
    assertThat(tails.readers()).isZero();
  }

  @Test
  void aLongTailIsReadToItsEndAtOnce() {
    StreamClient client = stream("oldest");
    settle();
    log.add(2_500);
    pass(Duration.ofMillis(200));
    assertThat(client.ids()).isEqualTo(numbers(1, 2_500));
  }

  @Test
  void noEventBetweenTheLastReadAndTheTailIsMissed() {
    StreamClient first = stream("oldest");
    settle();
    StreamClient second = stream("oldest");
    second.turn();
    log.afterNext(
        () -> {
          log.add(1);
          tails.tick();
          tasks.remove(0).run();
          assertThat(first.ids()).isEqualTo(numbers(1, 1));
        });
    settle();
    log.add(1);
    pass(Duration.ofMillis(200));
    assertThat(second.ids()).isEqualTo(numbers(1, 2));

    log.afterNext(
        () -> {
          log.add(1);
          tails.tick();
          tasks.remove(0).run();
        });
    wait("2", 25);
    assertThat(answer(0).events()).hasSize(1);
  }

  @Test
  void filteredReadersFollowTheSameTail() {
    StreamClient messages = stream("oldest", "message");
    log.add(30);
    settle();
    log.add(30);
    pass(Duration.ofMillis(200));
    assertThat(messages.ids()).hasSize(20).allMatch(id -> id % 3 == 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eachReaderGetsEachEventOnceAndInOrder(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 2_000; step++) {
      switch (random.nextInt(6)) {
        case 0 -> log.add(random.nextInt(random.nextInt(50) == 0 ? 3_000 : 4));
        case 1 -> {
          log.away(random.nextInt(10) == 0);
          now += Duration.ofMillis(200).toNanos();
          tails.tick();
        }
        case 2 -> {
          if (!clients.isEmpty()) {
            clients.get(random.nextInt(clients.size())).reads(random.nextInt(4) > 0);
          }
        }
        case 3 -> {
          if (clients.size() < 10 && random.nextInt(20) == 0) {
            log.away(false);
            stream("oldest");
          }
        }
        default -> {
          if (!tasks.isEmpty()) {
            tasks.remove(random.nextInt(tasks.size())).run();
          }
        }
      }
    }
    log.away(false);
    clients.forEach(client -> client.reads(true));
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertThat(clients)
        .isNotEmpty()
        .allSatisfy(client -> assertThat(client.ids()).isEqualTo(numbers(1, log.latest())));
  }

  // Slow readers

  @Test
  void aReaderThatDoesNotReadHoldsLittleAndNoOtherUp() {
    StreamClient stuck = stream("oldest");
    StreamClient other = stream("oldest");
    settle();
    stuck.reads(false);
    for (int i = 0; i < 20; i++) {
      log.add(1_000);
      pass(Duration.ofMillis(200));
    }
    assertThat(other.ids()).isEqualTo(numbers(1, 20_000));
    assertThat(stuck.bytes()).isLessThan(20_000);
    int before = log.reads();
    pass(Duration.ofMillis(200));
    assertThat(log.reads()).as("the tail alone").isEqualTo(before + 1);

    stuck.reads(true);
    settle();
    assertThat(stuck.ids()).isEqualTo(numbers(1, 20_000));
    log.add(1);
    pass(Duration.ofMillis(200));
    assertThat(stuck.ids()).endsWith(20_001L);
  }

  @Test
  void aReaderThatDoesNotReadForHalfAMinuteIsCutOff() {
    StreamClient stuck = stream("oldest");
    settle();
    stuck.reads(false);
    log.add(1_000);
    pass(Duration.ofMillis(200));
    pass(Duration.ofSeconds(29));
    assertThat(stuck.isAbandoned()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(stuck.isAbandoned()).isTrue();
    assertThat(tails.readers()).isZero();
  }

  @Test
  void aReaderThatIsTooSlowIsToldWhatIsLeft() {
    StreamClient slow = stream("oldest");
    settle();
    slow.reads(false);
    log.add(1_000);
    pass(Duration.ofMillis(200));
    log.add(4_000);
    log.drop(3_000);
    assertThat(slow.isEnded()).isFalse();
    slow.reads(true);
    settle();
    assertThat(slow.text()).endsWith("\n\nevent: cursor-expired\ndata: {\"oldest\":\"3000\"}\n\n");
    assertThat(slow.isEnded()).isTrue();
  }

  @Test
  void aStoreThatWasSetBackIsTold() {
    log.add(10);
    StreamClient client = stream("latest");
    settle();
    log.setBack(4);
    pass(Duration.ofMillis(200));
    assertThat(client.text()).endsWith("event: cursor-expired\ndata: {\"oldest\":\"0\"}\n\n");
    assertThat(client.isEnded()).isTrue();
  }

  // A store that is away

  @Test
  void aStreamOutlivesAStoreThatIsAwayAndAWaitDoesNot() {
    StreamClient following = stream("oldest");
    wait("latest", 25);
    settle();
    log.away(true);
    pass(Duration.ofMillis(200));
    assertThat(answers).hasExactlyElementsOfTypes(BackendUnavailableException.class);
    assertThatThrownBy(() -> stream("oldest")).isInstanceOf(BackendUnavailableException.class);
    pass(Duration.ofSeconds(16));
    assertThat(following.text()).endsWith(":\n\n");
    log.away(false);
    log.add(5);
    pass(Duration.ofMillis(200));
    assertThat(following.ids()).isEqualTo(numbers(1, 5));
  }

  @Test
  void aReaderThatIsBehindTriesAgain() {
    log.add(500);
    StreamClient behind = stream("oldest");
    behind.turn();
    log.away(true);
    runAll();
    assertThat(behind.ids()).isEmpty();
    int before = log.reads();
    pass(Duration.ofMillis(900));
    assertThat(log.reads()).isEqualTo(before);
    pass(Duration.ofMillis(100));
    assertThat(log.reads()).isEqualTo(before + 1);
    log.away(false);
    pass(Duration.ofSeconds(1));
    assertThat(behind.ids()).isEqualTo(numbers(1, 500));
  }

  // Ends

  @Test
  void aStreamEndsWithItsCredential() {
    StreamClient client = stream("latest");
    settle();
    stands = false;
    pass(Duration.ofSeconds(4));
    assertThat(client.isEnded()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(client.isEnded()).isTrue();
  }

  @Test
  void aQuietStreamTellsHowFarItHasCome() {
    StreamClient client = stream("oldest", "message.acknowledged");
    settle();
    log.add(7);
    pass(Duration.ofMillis(200));
    assertThat(client.text()).isEqualTo("retry: 2000\n\n");
    pass(Duration.ofSeconds(15));
    assertThat(client.text()).isEqualTo("retry: 2000\n\n:\nid: 7\n\n");
    pass(Duration.ofSeconds(14));
    pass(Duration.ofSeconds(1));
    assertThat(client.text()).isEqualTo("retry: 2000\n\n:\nid: 7\n\n:\n\n");
  }

  @Test
  void aWaitEndsWithAnEventWithItsTimeOrWithTheNode() {
    wait("latest", 25);
    log.add(3);
    pass(Duration.ofMillis(200));
    assertThat(answer(0).events()).hasSize(3);
    assertThat(answer(0).next()).isEqualTo("3");
    wait("latest", 25);
    pass(Duration.ofSeconds(24));
    assertThat(answers).hasSize(1);
    pass(Duration.ofSeconds(1));
    assertThat(answer(1).events()).isEmpty();
    wait("latest", 25);
    tails.lifeCycleStopping(ANY);
    assertThat(answer(2).next()).isEqualTo("3");
    wait("latest", 25);
    assertThat(answers).as("the node stops").hasSize(4);
    assertThat(tails.readers()).isZero();
  }

  @Test
  void callsBeyondTheMostAreAnsweredAtOnce() {
    for (int i = 0; i < 100; i++) {
      wait("latest", 25);
    }
    assertThat(answers).isEmpty();
    wait("latest", 25);
    assertThat(answers).hasSize(1);
    log.add(1);
    pass(Duration.ofMillis(200));
    assertThat(answers).hasSize(101);
  }

  @Test
  void aCallLooksAtABoundedNumberOfEvents() {
    log.add(25_000);
    List<String> next = new ArrayList<>(List.of("0"));
    while (!next.get(next.size() - 1).equals("25000")) {
      answers.clear();
      new WaitingReader(
              tails, "org", filter("worker"), 100, answers::add, problem -> answers.add(problem))
          .begin(EventCursor.parse("after", next.get(next.size() - 1)), Duration.ZERO);
      assertThat(answer(0).events()).isEmpty();
      next.add(answer(0).next());
    }
    assertThat(next).containsExactly("0", "10000", "20000", "25000");
  }

  @Test
  void streamsAreBoundedInAllAndForOneCredential() {
    StreamSlots slots = new StreamSlots(3, 2);
    slots.take("a");
    slots.take("a");
    assertThatThrownBy(() -> slots.take("a"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503))
        .hasMessageContaining("with this credential must be at most 2");
    slots.take("b");
    assertThatThrownBy(() -> slots.take("c")).hasMessageContaining("must be at most 3");
    slots.release("a");
    slots.take("c");
  }

  private EventList answer(int index) {
    return (EventList) answers.get(index);
  }

  private void wait(String after, int seconds) {
    new WaitingReader(tails, "org", filter(null), 100, answers::add, answers::add)
        .begin(EventCursor.parse("after", after), Duration.ofSeconds(seconds));
  }

  private StreamClient stream(String after) {
    return stream(after, null);
  }

  private StreamClient stream(String after, @Nullable String types) {
    StreamClient client = new StreamClient();
    try {
      new EventStream(
              tails,
              "org",
              filter(types),
              client.context(),
              () -> stands,
              client::abandon,
              client::release)
          .begin(EventCursor.parse("after", after));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    clients.add(client);
    return client;
  }

  private static EventFilter filter(@Nullable String types) {
    return EventFilter.of(CALLER, types, null, null);
  }

  private void pass(Duration time) {
    now += time.toNanos();
    tails.tick();
    settle();
  }

  /** Runs all that can run without time. */
  private void settle() {
    clients.forEach(StreamClient::turn);
    while (!tasks.isEmpty()) {
      runAll();
      clients.forEach(StreamClient::turn);
    }
  }

  private void runAll() {
    List<Runnable> all = List.copyOf(tasks);
    tasks.clear();
    all.forEach(Runnable::run);
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
