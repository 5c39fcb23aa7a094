package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.TransferVerbs;
import dev.sluice.backend.workers.Heartbeat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** An org with something of everything that one can hold. */
abstract class FullOrg extends TransferVerbs {

  static final List<String> WORKERS =
      List.of(
          "runner",
          "loser",
          "misser",
          "nacker",
          "holder",
          "drained",
          "retired",
          "successor",
          "revoked",
          "scanner",
          "gone-scanner",
          "daemon");

  @BeforeEach
  void limited() {
    openWith(rules().noShows(1).maxOffers(1).lines(2, 6));
  }

  /** Work that isn't claimed is in a project of its own, so that each claim finds what it seeks. */
  void everything() {
    settings();
    KitWorker runner = named("runner").can("code").projects("web", "app").register();
    ended(runner);
    lost(runner);
    claims(runner);
    retired();
    revoked();
    jobs();
    keys();
    waiting();
    stopOrders().add(org, new NewStopOrder("s", "web", List.of(new StopTarget("stopping", 9))), BY);
  }

  private KitWorker named(String id) {
    return worker().named(id);
  }

  private void settings() {
    cap("web", 7);
    budget("app", 5_000_000);
    pause("held", 0);
    pause("soon", clock.now() + 3_600_000);
    audit().add(org, BY, "look", "an item", "once");
  }

  private void ended(KitWorker runner) {
    claim(runner, work("completed").project("app").called("PUB-1").bearing("k", 0, "body"));
    runner.start("completed");
    runner.tell("completed", "thought", "first");
    send("completed", MessageType.NUDGE, "x".repeat(1_000));
    send("completed", MessageType.DIRECTIVE, "never read");
    runner.report("completed", SessionState.COMPLETED, Map.of("result", "\"done\""), 900_000);
    claim(runner, work("failed").project("web"));
    runner.fail("failed");
    enqueue(work("cancelled").project("held"));
    stop("cancelled");
    enqueue(work("dead").project("held").deadline(clock.now() + 1));
    send("dead", MessageType.NUDGE, "unread");
    sweepAfter(MOMENT);
  }

  /** One claim is lost with its worker's lease, one since it was never accepted. */
  private void lost(KitWorker runner) {
    KitWorker loser = named("loser").projects("lost").register();
    claim(loser, work("lost").project("lost"));
    loser.start("lost");
    loser.tell("lost", "thought", "before the silence");
    KitWorker misser = named("misser").projects("missed").register();
    claim(misser, work("missed").project("missed"));
    passBeating(ACCEPT, runner, misser);
  }

  private void claims(KitWorker runner) {
    KitWorker nacker = named("nacker").projects("returned").register();
    claim(nacker, work("returned").project("returned"));
    nacker.nack("returned", "no room for \"it\"");
    claim(runner, work("running").project("app").issue("busy").needs("code"));
    running(runner);
    claim(runner, work("stopping").project("web"));
    runner.start("stopping");
    stop("stopping");
    runner.read();
    claim(named("holder").projects("web").register(), work("claimed").project("web"));
    KitWorker daemon = named("daemon").speaking(Dialect.GO_DAEMON).projects("go").register();
    claim(daemon, work("of the daemon").project("go"));
    named("drained").register().drain();
    workers().setNote(org, "drained", "back on Monday", BY);
    workers().protect(org, "drained", clock.now() + 9_000, BY);
    runner.quarantine(1);
    runner.list("running", "unheard of");
    runner.beat(new Heartbeat(2, null, null, null, null, List.of("running"), false));
  }

  /** With messages in all states. */
  private void running(KitWorker runner) {
    runner.start("running");
    IntStream.range(0, 4).forEach(n -> runner.tell("running", "thought", "number " + n));
    runner.use("running", "Bash");
    runner.report(
        "running",
        new StatusReport(
            SessionState.RUNNING,
            new TreeMap<>(Map.of("branch", "\"main\"")),
            1_000,
            new Attempt("try-1", "hash")));
    send("running", MessageType.NUDGE, "acknowledged");
    Message read = runner.read().get(0);
    runner.ack(read);
    send("running", MessageType.NUDGE, "offered");
    runner.read();
    inboxes()
        .send(
            org,
            "running",
            new NewMessage(MessageType.NUDGE, Lane.NORMAL, "x".repeat(500), "u", "A user"),
            BY);
    send("running", MessageType.DIRECTIVE, "");
  }

  private void retired() {
    String machine = "machine-" + UUID.randomUUID();
    KitWorker old = named("retired").on(machine).projects("old").register();
    claim(old, work("of the retired").project("old"));
    old.start("of the retired");
    named("successor").on(machine).projects("old").register();
  }

  private void revoked() {
    KitWorker revoked = named("revoked").registeredBy("revoked-key").projects("rev").register();
    claim(revoked, work("of the revoked").project("rev"));
    revoked.start("of the revoked");
    revoke("revoked-key");
  }

  private void jobs() {
    KitWorker gone = named("gone-scanner").can("code-survival-scan").projects("none").register();
    add("dead-job");
    gone.takeJobs();
    sweepAfter(VISIBILITY);
    KitWorker scanner = named("scanner").can("code-survival-scan").projects("none").register();
    add("delivered-job");
    scanner.takeJobs();
    scanner.takeJobs();
    add("unheld-job");
    gone.takeJobs();
    gone.deregister();
    add("offered-job");
    scanner.takeJobs();
    add("job-2", "job-1");
  }

  private void keys() {
    credentials().addKey(newHash(), key("parent", null, null));
    credentials().addKey(newHash(), key("child", "parent", clock.now() + 1_000_000_000L));
    credentials().noteUse(org, "child", clock.now());
  }

  private Key key(String id, @Nullable String mintedBy, @Nullable Long expiresAt) {
    return new Key(
        id,
        org,
        Key.Type.USER,
        "The key of \"" + id + "\"",
        Set.of(Scope.WORK_READ, Scope.WORK_WRITE),
        List.of("web"),
        clock.now(),
        expiresAt,
        mintedBy);
  }

  private void waiting() {
    enqueue(
        work("ready").project("web").priority(1).called("PUB-2", "SHARED"),
        work("second of its name").project("web").called("SHARED"),
        work("reprioritised").project("web"),
        work("fronted").project("app").needs("code", "gpu"),
        work("paused").project("held"),
        work("behind").project("app").issue("busy"),
        work("issue-1").project("web").issue("open"),
        work("issue-2").project("web").issue("open"),
        work("later").project("web").notBefore(clock.now() + 600_000).issue("open"),
        work("mortal").project("web").deadline(clock.now() + 4_000_000),
        work("repo").on("https://example.org/a/b.git"),
        work("anyone's"));
    reprioritise("reprioritised", 5);
    front("fronted");
    send("later", MessageType.NUDGE, "for its worker to be");
  }
}
