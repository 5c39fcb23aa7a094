package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Pages;
import dev.sluice.backend.tck.Together;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class AuditCases extends Fixture {

  private static final Duration KEPT = Duration.ofMillis(RULES.kept().auditMs());

  // What leaves a line

  @Test
  void an_act_by_hand_leaves_who_when_what_and_why() {
    enqueue(work("a").priority(3));
    AuditNote note = new AuditNote("key-1 \ud83d\udd11", "the \"release\"\n goes first \u00e9");

    long seq = numberOf(() -> queue().reprioritise(org, "a", 2, note));

    assertThat(auditLines())
        .containsExactly(
            new AuditLine(
                seq, clock.now(), note.actor(), "reprioritise", "a", note.reason(), "priority 2"));
  }

  @Test
  void each_operation_says_what_was_set() {
    enqueue(work("a"), work("b"));
    reprioritise("a", 7);
    front("a");
    pause("web", 0);
    pause("web", 1_800_000_000_000L);
    resume("web");
    cap("web", 3);
    queues().limit(org, "web", new QueueLimits(0, 12_500_000L), BY);
    unlimit("web");
    worker.drain();
    worker.undrain();
    send("a", MessageType.DIRECTIVE, "go on");
    stop("b");

    assertThat(said())
        .containsExactly(
            "reprioritise a: priority 7",
            "front a: ",
            "pause web: ",
            "pause web: until 2027-01-15T08:00:00Z",
            "resume web: ",
            "limit web: maxConcurrent 3",
            "limit web: maxConcurrent 0, dailyBudgetUsd 12.5",
            "limit web: none",
            "drain " + worker.id() + ": ",
            "undrain " + worker.id() + ": ",
            "send a: directive, urgent",
            "stop b: was ready");
  }

  @Test
  void a_stop_and_a_requeue_say_where_the_session_was() {
    claim("claimed");
    requeue("claimed");
    worker.claim("claimed");
    stop("claimed");
    stop("claimed");
    worker.report("claimed", SessionState.STOPPED);
    stop("claimed");
    requeue("claimed");
    enqueue(work("dead").deadline(clock.now() + 1), work("later").notBefore(clock.now() + 100));
    sweepAfter(MOMENT);
    stop("later");
    requeue("dead");
    stop("dead");

    assertThat(said())
        .containsExactly(
            "requeue claimed: was claimed",
            "stop claimed: was claimed",
            "stop claimed: was ended",
            "requeue claimed: was ended",
            "stop later: was later",
            "requeue dead: was dead",
            "stop dead: was ready");
  }

  @Test
  void a_deregistration_by_hand_says_how_many_came_back_one_by_the_worker_leaves_none() {
    enqueue(work("a"), work("b"), work("c"));
    takeAll(worker, 3);
    stop("c");

    workers().deregister(worker.ref(), BY);
    other.deregister();

    assertThat(said())
        .containsExactly("stop c: was claimed", "deregister " + worker.id() + ": returned 2");
  }

  @Test
  void a_drain_that_a_worker_asks_for_leaves_none() {
    worker.register();

    workers().drain(org, worker.id(), true, null);

    assertThat(worker.record().drained()).isTrue();
    assertThat(auditLines()).isEmpty();
  }

  @Test
  void what_is_in_force_already_leaves_a_line_too() {
    enqueue(work("a").priority(3));

    audited(() -> reprioritise("a", 3));
    audited(() -> resume("web"));

    assertThat(said()).containsExactly("reprioritise a: priority 3", "resume web: ");
  }

  @Test
  void what_is_refused_leaves_none() {
    claim("claimed");
    enqueue(work("ended"));
    stop("ended");
    KitWorker unknown = worker().named("no");
    int before = auditLines().size();

    refused(Refusal.WRONG_STATE, () -> reprioritise("claimed", 1));
    refused(Refusal.WRONG_STATE, () -> front("claimed"));
    refused(Refusal.UNKNOWN_SESSION, () -> stop("no"));
    refused(Refusal.UNKNOWN_SESSION, () -> requeue("no"));
    refused(Refusal.WRONG_STATE, () -> send("ended", MessageType.NUDGE, "hello"));
    refused(Refusal.UNKNOWN_WORKER, () -> workers().drain(org, "no", true, BY));
    refused(Refusal.UNKNOWN_WORKER, () -> workers().deregister(unknown.ref(), BY));

    assertThat(auditLines()).hasSize(before);
  }

  @Test
  void what_workers_and_producers_do_leaves_none() {
    claim("a");
    worker.start("a");
    worker.tell("a", "t", "x");
    worker.beat();
    worker.complete("a");
    add("job");
    pass(LEASE);

    assertThat(auditLines()).isEmpty();
  }

  @Test
  void an_act_that_repeats_the_latest_is_counted_in_its_line() {
    claim("a");
    stop("a");
    long first = seq();
    long at = clock.now();
    jump(MOMENT);

    stop("a");

    assertThat(seq()).isEqualTo(first + 1);
    assertThat(auditLines())
        .containsExactly(
            new AuditLine(
                first, at, "usr-1", "stop", "a", "a test", "was claimed", 2, clock.now()));
  }

  @Test
  void whatever_differs_has_a_line_of_its_own() {
    audit().add(org, BY, "look", "a", "");
    audit().add(org, BY, "see", "a", "");
    audit().add(org, BY, "see", "b", "");
    audit().add(org, BY, "see", "b", "c");
    audit().add(org, new AuditNote(BY.actor(), "other"), "see", "b", "c");
    audit().add(org, new AuditNote("usr-2", "other"), "see", "b", "c");
    audit().add(org, BY, "look", "a", "");

    assertThat(auditLines()).hasSize(7).allMatch(line -> line.times() == 1);
  }

  @Test
  void who_acts_often_takes_no_lines_of_others() {
    openWith(rules().audit(KEPT, 10));
    for (int n = 1; n <= 4; n++) {
      audit().add(org, new AuditNote("usr-2", ""), "look", "item-" + n, "");
    }

    for (int n = 1; n <= 50; n++) {
      pause("web-" + n % 2, 0);
    }
    sweep();

    assertThat(auditLines()).hasSize(10);
    assertThat(auditLines().subList(6, 10))
        .extracting(AuditLine::object)
        .containsExactly("item-4", "item-3", "item-2", "item-1");
  }

  @Test
  void of_two_with_as_many_lines_the_last_by_bytes_loses_one() {
    openWith(rules().audit(KEPT, 3));
    for (String actor : List.of("a", "z", "a", "z")) {
      audit().add(org, new AuditNote(actor, ""), "look", "an item", "");
    }
    sweep();

    assertThat(auditLines()).extracting(AuditLine::actor).containsExactly("z", "a", "a");
  }

  @Test
  void a_line_is_kept_for_its_time_since_the_last_repeat() {
    audit().add(org, BY, "look", "a", "");
    jump(KEPT.minus(MOMENT));
    audit().add(org, BY, "look", "a", "");
    sweepAfter(KEPT.minus(MOMENT));
    assertThat(auditLines()).hasSize(1);

    sweepAfter(MOMENT);
    assertThat(auditLines()).isEmpty();
  }

  @Test
  void other_acts_leave_a_line_by_themselves() {
    AuditNote note = new AuditNote("ann", "a new fleet");

    AuditLine added = audit().add(org, note, "key.mint", "key-7", "work:write");
    long number = AnswerLog.last();

    assertThat(added)
        .isEqualTo(
            new AuditLine(
                number, clock.now(), "ann", "key.mint", "key-7", "a new fleet", "work:write"));
    assertThat(auditLines()).containsExactly(added);
    assertThat(seq()).isEqualTo(number);
    assertThat(upkeep().orgs()).as("so that a sweep finds its lines").contains(org);
  }

  @Test
  void an_org_in_which_nothing_but_a_resume_happened_is_swept_too() {
    resume("web");

    assertThat(upkeep().orgs()).contains(org);
    sweepAfter(KEPT);
    assertThat(auditLines()).isEmpty();
  }

  // The list

  @Test
  void the_latest_comes_first_page_by_page() {
    for (int n = 1; n <= 7; n++) {
      audit().add(org, BY, "look", "item-" + n, "");
      if (n % 2 == 0) {
        jump(MOMENT);
      }
    }

    List<AuditLine> all = Pages.all(3, (cursor, limit) -> audit().list(org, cursor, limit));

    assertThat(all)
        .extracting(AuditLine::object)
        .containsExactly("item-7", "item-6", "item-5", "item-4", "item-3", "item-2", "item-1");
    assertThat(Pages.sizes(3, (cursor, limit) -> audit().list(org, cursor, limit)))
        .containsExactly(3, 3, 1);
    assertThat(Pages.sizes(7, (cursor, limit) -> audit().list(org, cursor, limit)))
        .containsExactly(7);
  }

  @Test
  void what_comes_and_goes_between_two_pages_neither_repeats_nor_hides_one() {
    openWith(rules().audit(Duration.ofMillis(10), 100));
    looks("old-", 2);
    jump(Duration.ofMillis(5));
    looks("a-", 4);
    Page<AuditLine> first = audit().list(org, null, 2);
    looks("new-", 2);
    sweepAfter(Duration.ofMillis(5));

    Page<AuditLine> rest = audit().list(org, first.next(), 10);

    assertThat(first.items()).extracting(AuditLine::object).containsExactly("a-4", "a-3");
    assertThat(rest.items()).extracting(AuditLine::object).containsExactly("a-2", "a-1");
    assertThat(rest.next()).isNull();
  }

  @Test
  void each_org_has_its_own_and_a_cursor_of_another_is_refused() {
    String neighbour = newOrg();
    looks("a-", 3);
    Cursor next = audit().list(org, null, 1).next();
    assertThat(next).isNotNull();

    assertThat(audit().list(neighbour, null, 10).items()).isEmpty();
    refusal(Refusal.BAD_CURSOR, () -> audit().list(neighbour, next, 10));
    refusal(Refusal.BAD_CURSOR, () -> audit().list(org, new Cursor(3, "a session"), 10));
    refusal(Refusal.BAD_CURSOR, () -> audit().list(org, new Cursor(-1, org), 10));
    assertThat(audit().list(org, Audit.cursor(org, auditLines().get(2)), 10).items()).isEmpty();
  }

  // How long

  @Test
  void a_line_is_kept_for_its_time() {
    looks("a-", 1);
    jump(MOMENT);
    looks("b-", 1);
    jump(KEPT.minus(MOMENT).minus(MOMENT));
    assertThat(sweepStep().pruned()).isZero();

    jump(MOMENT);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));

    assertThat(auditLines()).extracting(AuditLine::object).containsExactly("b-1");
  }

  @Test
  void as_many_are_kept_as_may_be_and_the_oldest_go_in_steps() {
    openWith(rules().audit(KEPT, 3).dueStep(2));
    looks("a-", 8);
    long before = seq();

    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 2, true));
    assertThat(seq()).as("to forget some is a change").isEqualTo(before + 1);
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 2, true));
    assertThat(sweepStep()).isEqualTo(new SweepResult(0, 0, 0, 0, 1, false));
    assertThat(sweepStep()).isEqualTo(SweepResult.NOTHING);
    assertThat(auditLines()).extracting(AuditLine::object).containsExactly("a-8", "a-7", "a-6");
  }

  @Test
  void of_many_at_once_each_is_counted() {
    enqueue(work("a"));

    Together.all(8, caller -> IntStream.range(0, 10).mapToObj(n -> front("a")).toList());

    assertThat(auditLines())
        .singleElement()
        .satisfies(line -> assertThat(line.times()).isEqualTo(80));
  }

  @Test
  void nothing_is_left_of_them_in_the_end() {
    looks("a-", 3);
    assertThat(leftovers()).as("of lines that are kept").isNotEmpty();

    sweepAfter(KEPT);

    assertNothingLeft();
  }

  private void looks(String prefix, int count) {
    for (int n = 1; n <= count; n++) {
      audit().add(org, BY, "look", prefix + n, "");
    }
  }

  /** Verb, object and detail of each line, oldest first. */
  private List<String> said() {
    List<AuditLine> lines = auditLines();
    return IntStream.rangeClosed(1, lines.size())
        .mapToObj(n -> lines.get(lines.size() - n))
        .map(line -> line.verb() + " " + line.object() + ": " + line.detail())
        .toList();
  }
}
