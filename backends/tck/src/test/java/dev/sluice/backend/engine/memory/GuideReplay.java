package dev.sluice.backend.engine.memory;

import static java.util.Objects.requireNonNull;

import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.CaseVerbs;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries out the calls of an example on a store in memory, and checks what they did. */
final class GuideReplay extends CaseVerbs implements AutoCloseable {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int HEARTBEAT_SECONDS = 30;

  private final Map<String, KitWorker> named = new HashMap<>();

  /** Workers that send heartbeats, at each half minute of the clock. */
  private final Set<KitWorker> beating = new LinkedHashSet<>();

  /** The token of each session before the last call. */
  private final Map<String, Long> tokens = new HashMap<>();

  private boolean began;
  private boolean down;
  private String answer = "none";
  private @Nullable RefusedException refused;

  GuideReplay() {
    openBy(MemoryUnderTest::new);
  }

  @Override
  public void close() {
    closeStore();
  }

  private record Phrase(Pattern words, Consumer<MatchResult> meaning) {}

  private static Phrase phrase(String words, Consumer<MatchResult> meaning) {
    String expression =
        words
            .replace("WORKER", "worker ([A-C])")
            .replace("WORK", "`([a-z-]+)`")
            .replace("TIME", "(\\d\\d:\\d\\d:\\d\\d)")
            .replace("NUMBER", "(\\d+)");
    return new Phrase(Pattern.compile(expression), meaning);
  }

  private final List<Phrase> calls =
      List.of(
          phrase("none", said -> {}),
          phrase("a producer enqueues WORK", said -> enqueue(item(said))),
          phrase(
              "a producer enqueues WORK with priority NUMBER",
              said -> enqueue(item(said).priority(number(said)))),
          phrase(
              "a producer enqueues WORK of issue (ENG-\\d+)",
              said -> enqueue(item(said).issue(said.group(2)))),
          phrase("WORKER polls", this::poll),
          phrase("WORKER begins to send heartbeats", said -> beating.add(worker(said))),
          phrase("WORKER sends its last heartbeat", said -> beatLast(worker(said))),
          phrase("WORKER reports WORK as (\\w+)", this::report),
          phrase("WORKER refreshes WORK", this::refresh),
          phrase("WORKER nacks WORK", said -> worker(said).nack(said.group(2))),
          phrase("WORKER denies WORK for good", said -> worker(said).deny(said.group(2), null)),
          phrase("an operator stops WORK", said -> stop(said.group(1))),
          phrase("an operator requeues WORK", said -> requeue(said.group(1))),
          phrase("an operator moves WORK to the front", said -> front(said.group(1))),
          phrase(
              "an operator gives WORK priority NUMBER",
              said -> reprioritise(said.group(1), number(said))),
          phrase("the server goes down", said -> down = true),
          phrase("the server is back", said -> comeBack()));

  private final List<Phrase> effects =
      List.of(
          phrase(
              "worker ([A-C] (?:gets .+|reads a stop|is told to stop|goes on))",
              said -> same(said, answer)),
          phrase("WORKER is silent", said -> assertThat(record(said).silent()).isTrue()),
          phrase("WORKER has NUMBER no-shows?", said -> same(said, record(said).noShows())),
          phrase("WORKER has NUMBER free slots?", said -> same(said, record(said).freeSlots())),
          phrase(
              "WORKER is quarantined until TIME",
              said -> same(said, time(record(said).quarantinedUntilMs()))),
          phrase("the call is refused with `(\\w+)`", this::sameRefusal),
          phrase("WORK is (ready|parked|later|returned)", this::samePlace),
          phrase("WORK is claimed by WORKER", said -> has(said, SessionState.CLAIMED)),
          phrase("WORK runs on WORKER", said -> has(said, SessionState.RUNNING)),
          phrase("WORK is stopped on WORKER", said -> has(said, SessionState.STOPPED)),
          phrase("WORK has ended as (\\w+)", this::sameEnd),
          phrase(
              "WORK is dead: `([\\w-]+)`",
              said -> same(said, requireNonNull(session(said).dead()).wire())),
          phrase(
              "WORK must be accepted by TIME",
              said -> same(said, time(session(said).acceptByMs()))),
          phrase("WORK is accepted", said -> assertThat(session(said).acceptByMs()).isZero()),
          phrase("WORK has a new token", this::hasNewToken),
          phrase("WORK has lost NUMBER claims?", said -> same(said, session(said).attempts())),
          phrase("WORK has position NUMBER", said -> same(said, session(said).position())),
          phrase("WORK is kept from WORKER until TIME", this::sameBackOff),
          phrase(
              "WORK is released by TIME at the latest",
              said -> same(said, time(session(said).releaseByMs()))));

  /** Passes time up to a time of the day, with a sweep each second, and the heartbeats due. */
  void passUntil(String timeOfDay) {
    Instant day = now().truncatedTo(ChronoUnit.DAYS).plus(began ? 0 : 1, ChronoUnit.DAYS);
    Instant until = day.plusSeconds(LocalTime.parse(timeOfDay).toSecondOfDay());
    if (!began) {
      began = true;
      jump(Duration.between(now(), until).minusHours(1));
      worker().register(); // the first sweep of an org ends an outage
      pass(Duration.ofMinutes(59));
    }
    assertThat(until).as("a time that is not over").isAfterOrEqualTo(now());
    while (now().isBefore(until)) {
      jump(SECOND);
      if (!down && now().getEpochSecond() % HEARTBEAT_SECONDS == 0) {
        beating.forEach(KitWorker::beat);
      }
      if (!down) {
        sweep();
      }
    }
  }

  /** Makes a call of one row. A refusal must be among its effects. */
  void call(String words) {
    tokens.replaceAll((id, before) -> session(id).token());
    answer = "none";
    refused = null;
    try {
      carryOut(calls, words);
    } catch (RefusedException e) {
      refused = e;
    }
  }

  void check(String words) {
    carryOut(effects, words);
  }

  void requireNoRefusal() {
    assertThat(refused).as("a refusal that the example doesn't tell").isNull();
  }

  private static void carryOut(List<Phrase> phrases, String words) {
    for (Phrase phrase : phrases) {
      Matcher said = phrase.words().matcher(words);
      if (said.matches()) {
        phrase.meaning().accept(said.toMatchResult());
        return;
      }
    }
    throw new AssertionError("no phrase of GuideReplay: " + words);
  }

  // Calls

  private KitWorker worker(MatchResult said) {
    return workerNamed(said.group(1));
  }

  private KitWorker workerNamed(String name) {
    return named.computeIfAbsent(name, id -> worker().named("worker-" + id).capacity(2).register());
  }

  private WorkBuilder item(MatchResult said) {
    tokens.put(said.group(1), 0L);
    return work(said.group(1)).queuedAt(clock.now());
  }

  private void poll(MatchResult said) {
    PollResult polled = worker(said).poll(5);
    List<String> work = polled.work().stream().map(ClaimedWork::sessionId).toList();
    if (polled.messages().stream().anyMatch(message -> message.type() == MessageType.STOP)) {
      answer = said.group(1) + " reads a stop";
    } else {
      answer =
          said.group(1)
              + (work.isEmpty() ? " gets nothing" : " gets `" + String.join("`, `", work) + "`");
    }
  }

  private void beatLast(KitWorker worker) {
    worker.beat();
    assertThat(beating.remove(worker)).as("a worker that sends heartbeats").isTrue();
  }

  private void comeBack() {
    down = false;
    sweep();
  }

  private void report(MatchResult said) {
    String state = said.group(3).toUpperCase(Locale.ROOT);
    worker(said).report(said.group(2), SessionState.valueOf(state));
  }

  private void refresh(MatchResult said) {
    boolean stop = worker(said).refresh(said.group(2)).stop();
    answer = said.group(1) + (stop ? " is told to stop" : " goes on");
  }

  // Effects

  private Session session(MatchResult said) {
    return session(said.group(1));
  }

  private Worker record(MatchResult said) {
    return worker(said).record();
  }

  private void sameRefusal(MatchResult said) {
    assertThat(refused).as("a refusal").isNotNull();
    same(said, refused.refusal());
    refused = null;
  }

  private void samePlace(MatchResult said) {
    same(said, session(said).place().wire());
  }

  private void sameEnd(MatchResult said) {
    assertThat(session(said).place()).isEqualTo(Place.ENDED);
    same(said, session(said).state().wire());
  }

  private void has(MatchResult said, SessionState state) {
    assertSession(said.group(1)).is(Place.CLAIMED, state).isOwnedBy(workerNamed(said.group(2)));
  }

  private void hasNewToken(MatchResult said) {
    Long before = requireNonNull(tokens.get(said.group(1)));
    assertThat(session(said).token()).isGreaterThan(before);
  }

  private void sameBackOff(MatchResult said) {
    String id = workerNamed(said.group(2)).id();
    assertThat(session(said).nackers())
        .filteredOn(nacker -> nacker.workerId().equals(id))
        .extracting(nacker -> time(nacker.untilMs()))
        .containsExactly(said.group(3));
  }

  /** Compares with the last part of what is said. */
  private static void same(MatchResult said, Object actual) {
    assertThat(actual.toString()).as(said.group()).isEqualTo(said.group(said.groupCount()));
  }

  private static int number(MatchResult said) {
    return Integer.parseInt(said.group(2));
  }

  // Time

  private Instant now() {
    return Instant.ofEpochMilli(clock.now());
  }

  private static String time(long epochMs) {
    return TIME.format(Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC));
  }
}
