package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.Place;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** docs/rules.md: words of refusals. */
abstract class RefusalCases extends Fixture {

  @Test
  void the_unknown_is_named() {
    worker.register();
    enqueue(work("a"));

    says("no session nowhere", Refusal.UNKNOWN_SESSION, () -> session("nowhere"));
    says("no session nowhere", Refusal.UNKNOWN_SESSION, () -> worker.claimByName("nowhere"));
    says(
        "no session nowhere", Refusal.UNKNOWN_SESSION, () -> sessions().findPublic(org, "nowhere"));
    says("no session nowhere", Refusal.UNKNOWN_SESSION, () -> inbox("nowhere"));
    says("no worker w", Refusal.UNKNOWN_WORKER, () -> worker().named("w").take(1));
    says("no worker w", Refusal.UNKNOWN_WORKER, () -> worker().named("w").claimByName("a"));
    says("no worker w", Refusal.UNKNOWN_WORKER, () -> worker().named("w").takeOver("a", worker));
    says("no job j", Refusal.UNKNOWN_JOB, () -> batch().find(org, "j"));
    says("no stop s", Refusal.UNKNOWN_STOP, () -> stopOrders().find(org, "s"));
  }

  @Test
  void who_is_not_the_owner_hears_so() {
    KitWorker owner = worker().register();
    other.register();
    claim(owner, work("a"));
    String words = "session a belongs to another worker or to none";

    says(words, Refusal.NOT_OWNER, () -> other.start("a"));
    says(words, Refusal.NOT_OWNER, () -> other.nack("a"));
    says(words, Refusal.NOT_OWNER, () -> other.touch("a"));
  }

  @Test
  void the_state_that_does_not_allow_it_is_said() {
    worker.register();
    deadLetter("dead");
    claim("running");
    worker.start("running");
    claim("stopping");
    stop("stopping");
    claim("completed");
    worker.complete("completed");
    enqueue(work("later").notBefore(clock.now() + 1_000));
    enqueue(work("ready"));

    for (String state : List.of("dead", "completed")) {
      wrong(state, () -> send(state, MessageType.NUDGE, "go on"));
    }
    wrong("running", () -> worker.nack("running"));
    wrong("running", () -> front("running"));
    wrong("running", () -> reprioritise("running", 1));
    wrong("ready", () -> requeue("ready"));
    wrong("later", () -> requeue("later"));
    wrong("ready", () -> stopIn("ready", Place.DEAD));
    wrong("dead", () -> stopIn("dead", Place.READY));
    says("session stopping is stopped", Refusal.WRONG_STATE, () -> requeue("stopping"));
    other.register();
    wrong("completed", () -> other.takeOver("completed", worker));
  }

  private void stopIn(String id, Place from) {
    sessions().stop(org, id, new StopMessage("enough", null, null), Set.of(from), BY);
  }

  @Test
  void other_content_under_a_known_name_is_named() {
    claim("a");
    worker.report("a", attempt("x"));
    stopOrders().add(org, new NewStopOrder("s", null, List.of()), BY);

    says("k is taken by other content", Refusal.CONFLICT, () -> worker.report("a", attempt("y")));
    says(
        "s is taken by other content",
        Refusal.CONFLICT,
        () -> stopOrders().add(org, new NewStopOrder("s", "web", List.of()), BY));
  }

  private static StatusReport attempt(String hash) {
    return new StatusReport(SessionState.RUNNING, new TreeMap<>(), -1, new Attempt("k", hash));
  }

  @Test
  void limits_are_said() {
    openWith(rules().maxWaiting(1).maxWorkers(1).maxProjects(1));
    claim(worker, work("a").project("web"));
    worker.complete("a");
    enqueue(work("b").project("web"));

    says(
        "the org has as many workers as it may",
        Refusal.TOO_MANY_WORKERS,
        () -> worker().register());
    says(
        "the org has as many projects as it may", Refusal.TOO_MANY_PROJECTS, () -> pause("app", 0));
    says("the org has as much waiting work as it may", Refusal.QUEUE_FULL, () -> requeue("a"));
  }

  @Test
  void a_full_inbox_is_said() {
    enqueue(work("a"));
    for (int n = 0; n < RULES.maxUnacked(); n++) {
      send("a", MessageType.NUDGE, "go on");
    }
    says(
        "the inbox of session a is full",
        Refusal.INBOX_FULL,
        () -> send("a", MessageType.NUDGE, "go on"));
  }

  @Test
  void a_full_store_is_said() {
    openWith(rules().maxBytes(1));
    says(
        "the org, or the node, stores as many bytes as it may",
        Refusal.STORE_FULL,
        () -> worker().register());
  }

  @Test
  void a_damaged_record_and_a_revoked_key_are_named() {
    enqueue(work("broken"));
    damage("broken");
    String key = "key-" + UUID.randomUUID();
    credentials().addKey(newHash(), new Key(key, org, Key.Type.USER, "", Set.of(), List.of()));
    revoke(key);
    KitWorker worker = worker().named("w").registeredBy(key);

    says("the record of broken is damaged", Refusal.DAMAGED, () -> session("broken"));
    says("the key of worker w was revoked", Refusal.REVOKED, worker::register);
  }

  private void wrong(String id, ThrowingCallable call) {
    says("session " + id + " is " + id, Refusal.WRONG_STATE, call);
  }

  private static void says(String words, Refusal reason, ThrowingCallable call) {
    assertThat(refusal(reason, call)).hasMessage(words);
  }
}
