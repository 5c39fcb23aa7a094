package dev.sluice.backend.hazelcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.hazelcast.faults.Answer.Outcome;
import dev.sluice.backend.hazelcast.faults.MemberMain.Op;
import dev.sluice.backend.hazelcast.faults.NetworkHosts.Link;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that never objects would prove nothing. */
class CheckerTest {

  private static final long SECOND = 1_000_000_000;

  private final History history = new History();
  private final Timeline timeline = new Timeline();
  private final Checker checker = new Checker(history, timeline, 3);
  private final long now = System.nanoTime();

  @BeforeEach
  void anItemIsEnqueuedClaimedAndEnded() {
    timeline.note(Set.of(), Set.of(0, 1, 2));
    call(0, 1, Op.REGISTER, Outcome.ACKNOWLEDGED, "w", "org", "w");
    call(0, 2, Op.ENQUEUE, Outcome.ACKNOWLEDGED, "", "org", "a");
    call(0, 3, Op.POLL, Outcome.ACKNOWLEDGED, "a:7", "org", "w", "r1");
    call(0, 4, Op.REPORT, Outcome.ACKNOWLEDGED, "ADVANCE", "org", "a", "w", "7", "COMPLETED");
  }

  @Test
  void nothingIsWrong() {
    call(1, 5, Op.FIND, Outcome.ACKNOWLEDGED, found("COMPLETED"), "org", "a");
    call(1, 6, Op.ENQUEUE, Outcome.UNKNOWN, "", "org", "b");
    call(1, 7, Op.POLL, Outcome.ACKNOWLEDGED, "a:7", "org", "w", "r1"); // the same answer again

    assertThat(violations(found("COMPLETED"))).isEmpty();
  }

  @Test
  void anItemIsLost() {
    checker.check(Map.of("a", new Answer(Outcome.REFUSED, "UNKNOWN_SESSION", 0, 0)));

    assertThat(checker.lines().get(0)).isEqualTo("1 x acknowledged item lost");
  }

  @Test
  void readersSeeEachChangeOnce() {
    List<String> all =
        List.of("worker.registered:w:1", "session.enqueued:a:2", "session.ended:a:3");
    checker.checkEvents("org", all, all);

    assertThat(checker.lines()).isEmpty();
  }

  @Test
  void aReaderMissesAChangeOrSeesItTwice() {
    List<String> all =
        List.of("worker.registered:w:1", "session.enqueued:a:2", "session.enqueued:a:3");
    checker.checkEvents("org", all, all);

    assertThat(checker.lines())
        .containsExactly(
            "2 x an acknowledged change isn't told once",
            "    2 x session.enqueued:a",
            "    0 x session.ended:a");
  }

  @Test
  void aReaderSawWhatWasUndone() {
    List<String> seen =
        List.of("worker.registered:w:1", "session.enqueued:a:2", "session.ended:a:3");
    checker.checkEvents("org", seen, seen.subList(0, 2));

    assertThat(checker.lines().get(0)).isEqualTo("1 x a reader saw another event");
  }

  @Test
  void anItemDiffers() {
    assertThat(violations("COMPLETED {}")).containsExactly("1 x acknowledged item differs");
  }

  @Test
  void anEndIsUndone() {
    assertThat(violations(found("CLAIMED"))).containsExactly("1 x acknowledged end undone");
  }

  @Test
  void aSessionIsClaimedTwice() {
    call(1, 5, Op.POLL, Outcome.ACKNOWLEDGED, "a:9", "org", "v", "r2");

    assertThat(violations(found("COMPLETED"))).containsExactly("1 x claimed twice");
  }

  @Test
  void readsAreStale() {
    call(1, 5, Op.FIND, Outcome.REFUSED, "UNKNOWN_SESSION", "org", "a");
    call(1, 6, Op.FIND, Outcome.ACKNOWLEDGED, found("RUNNING"), "org", "a");
    call(1, 7, Op.POLL, Outcome.REFUSED, "UNKNOWN_WORKER", "org", "w", "r3");

    assertThat(violations(found("COMPLETED")))
        .containsExactly(
            "1 x acknowledged worker unknown",
            "1 x read misses an acknowledged end",
            "1 x read misses an acknowledged item");
  }

  @Test
  void aReportOfTheOwnerIsRefused() {
    call(1, 5, Op.REPORT, Outcome.REFUSED, "NOT_OWNER", "org", "a", "w", "7", "COMPLETED");

    assertThat(violations(found("COMPLETED"))).containsExactly("1 x report of the owner refused");
  }

  @Test
  void aCallFailsOrNeverEnds() {
    call(1, 5, Op.ENQUEUE, Outcome.BROKEN, "java.lang.Error", "org", "b");
    history.add(
        new History.Call(
            1,
            Op.ENQUEUE,
            List.of("org", "c"),
            now,
            now + 90 * SECOND,
            new Answer(Outcome.UNKNOWN, "", now, now + 90 * SECOND)));

    assertThat(violations(found("COMPLETED")))
        .containsExactly("1 x neither answer nor unavailable", "1 x no answer within the bound");
  }

  @Test
  void aMinorityAcknowledges() {
    timeline.note(now + SECOND, Set.of(new Link(2, 0), new Link(1, 2)), Set.of(0, 1, 2));
    timeline.note(now + 90 * SECOND, Set.of(), Set.of(0, 1, 2));
    call(2, 30 * SECOND, Op.FIND, Outcome.ACKNOWLEDGED, found("PENDING"), "org", "b");
    call(1, 30 * SECOND, Op.FIND, Outcome.ACKNOWLEDGED, found("PENDING"), "org", "b");
    call(2, 2 * SECOND, Op.FIND, Outcome.ACKNOWLEDGED, found("PENDING"), "org", "b"); // lease
    call(2, 91 * SECOND, Op.FIND, Outcome.ACKNOWLEDGED, found("PENDING"), "org", "b");

    assertThat(violations(found("COMPLETED"))).containsExactly("1 x acknowledged by a minority");
  }

  private List<String> violations(String last) {
    checker.check(Map.of("a", answer(last)));
    return checker.lines().stream().filter(line -> !line.startsWith(" ")).toList();
  }

  private static Answer answer(String text) {
    return new Answer(Outcome.ACKNOWLEDGED, text, 0, 0);
  }

  private static String found(String state) {
    return state + " " + MemberMain.item("a");
  }

  private void call(int member, long at, Op op, Outcome outcome, String text, String... words) {
    long begin = now + (at < 1_000 ? at * 1_000 : at);
    history.add(
        new History.Call(
            member,
            op,
            List.of(words),
            begin,
            begin + 10,
            new Answer(outcome, text, begin, begin + 10)));
  }
}
