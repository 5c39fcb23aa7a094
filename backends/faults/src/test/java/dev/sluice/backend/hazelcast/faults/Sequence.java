package dev.sluice.backend.hazelcast.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A sequence of faults under load, and what it showed. */
final class Sequence {

  /** All members serve again by then, once all is whole. Beside other tests they get more time. */
  private static final Duration AGAIN =
      Duration.ofMillis(
          Long.getLong(
              "sluice.faults.againMs", Boolean.getBoolean("sluice.long") ? 15_000 : 60_000));

  /** Waits longer than {@link #AGAIN} to see what was lost. */
  private static final Duration PATIENCE =
      Duration.ofMillis(Long.getLong("sluice.faults.patienceMs", 60_000));

  /** The longest start of three processes on a busy machine. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final Duration COPIES = Duration.ofSeconds(60);
  private static final int FIRST_WORK = 30;
  private static final int READS_AT_ONCE = 16;

  private final String title;
  private final List<Step> steps;
  private final FaultyCluster cluster;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final History history = new History();

  /** Times until parts served, ms; -1 for parts that never did. */
  private final List<Long> parts = new ArrayList<>();

  /** The violations; none is good. */
  record Result(String summary, List<String> violations) {}

  Sequence(FaultyCluster cluster, String title, List<Step> steps) {
    this.cluster = cluster;
    this.title = title;
    this.steps = steps;
  }

  /** Leaves a cluster that is whole, or none. */
  Result run() throws InterruptedException, IOException {
    cluster.begin(history);
    if (cluster.awaitServing(cluster.all(), id, START) < 0 || !cluster.awaitCopies(COPIES)) {
      cluster.close();
      throw new IllegalStateException("the cluster didn't become whole before " + title);
    }
    Load load = new Load(cluster, id);
    load.start();
    awaitWork(FIRST_WORK);
    for (Step step : steps) {
      history.note("--- " + step);
      take(step);
    }
    history.note("--- mend all");
    cluster.mend();
    long again = cluster.awaitServing(cluster.all(), id, PATIENCE);
    history.note("--- all serve again after " + again + " ms");
    if (again < 0 && isForAnOperator()) {
      history.note("--- an operator decides");
      cluster.accept(lastWithItsDisk());
      again = cluster.awaitServing(cluster.all(), id, AGAIN);
    }
    load.stop();
    boolean whole = again >= 0 && cluster.awaitCopies(COPIES); // after that, nothing merges
    Checker checker = new Checker(history, cluster.timeline(), cluster.size());
    if (again < 0 || again > AGAIN.toMillis()) {
      checker.violation("not all serve again in time", again + " ms");
    }
    if (parts.contains(-1L)) {
      checker.violation("a majority doesn't serve", "for " + PATIENCE);
    }
    if (!whole) {
      checker.violation("members or copies are still missing", cluster.health());
    }
    checker.check(findAll());
    checkEvents(checker, load.readers());
    String summary =
        "%s: %d calls, %d items acknowledged, parts serve after %s ms, all again after %d ms, %d violations"
            .formatted(
                title, history.calls().size(), history.enqueued(), parts, again, checker.count());
    if (checker.count() > 0) {
      List<String> first = new ArrayList<>(List.of(summary, steps.toString()));
      first.addAll(checker.lines());
      history.write(FaultyCluster.logs().resolve(title.replaceAll("\\W+", "-") + ".txt"), first);
      cluster.close(); // the next sequence begins with a new cluster
    }
    return new Result(summary + " " + steps, checker.lines());
  }

  /**
   * A majority has lost its disks. If the last one had no lease at that moment, it can't know
   * whether they served without it, and says so.
   */
  private boolean isForAnOperator() {
    return emptied().size() == cluster.size() - 1
        && emptied().size() > cluster.size() / 2
        && cluster.health().contains("an operator decides");
  }

  private int lastWithItsDisk() {
    Set<Integer> left = new TreeSet<>(cluster.all());
    left.removeAll(emptied());
    return left.iterator().next();
  }

  private Set<Integer> emptied() {
    Set<Integer> emptied = new TreeSet<>();
    for (Step step : steps) {
      if (step instanceof Step.Kill kill && kill.emptyDisk()) {
        emptied.add(kill.member());
      }
    }
    return emptied;
  }

  private void take(Step step) throws InterruptedException {
    if (step instanceof Step.Network network) {
      cluster.cut(network.cut());
    } else if (step instanceof Step.Pause pause) {
      cluster.pause(pause.member());
    } else if (step instanceof Step.Resume resume) {
      cluster.resume(resume.member());
    } else if (step instanceof Step.Kill kill) {
      cluster.kill(kill.member(), kill.emptyDisk());
    } else if (step instanceof Step.Start start) {
      cluster.startAgain(start.member());
    } else if (step instanceof Step.Last last) {
      Thread.sleep(last.ms()); // the fault lasts so long
    } else if (step instanceof Step.Serve serve) {
      long ms = cluster.awaitServing(serve.members(), id, PATIENCE);
      history.note("--- they serve after " + ms + " ms");
      parts.add(ms);
    } else if (step instanceof Step.Work work) {
      awaitWork(work.items());
    }
  }

  private void awaitWork(int items) throws InterruptedException {
    long begin = System.nanoTime();
    int all = history.enqueued() + items;
    while (history.enqueued() < all && System.nanoTime() - begin < PATIENCE.toNanos()) {
      Thread.sleep(20); // between two looks at what the load has done
    }
  }

  /** Readers that go on, at whatever member, and new ones must see the same. */
  private void checkEvents(Checker checker, List<EventReaders> readers) {
    EventReaders late = new EventReaders(cluster);
    for (int number = 0; number < FaultyCluster.ORGS; number++) {
      String org = FaultyCluster.org(id, number);
      for (EventReaders each : readers) {
        int member = number % cluster.size();
        if (!each.readAll(member, org) || !late.readAll(member, org)) {
          checker.violation("events can't be read at the end", org);
        }
        checker.checkEvents(org, each.of(org), late.of(org));
      }
    }
    for (EventReaders each : readers) {
      each.problems().forEach(problem -> checker.violation("a reader lost its place", problem));
    }
  }

  /** By session what the members find now, each asked for some. */
  private Map<String, Answer> findAll() {
    Map<String, String> orgs = new HashMap<>();
    for (History.Call call : history.calls()) {
      if (call.acknowledged(MemberMain.Op.ENQUEUE)
          || (call.ends() && call.answer().acknowledged())) {
        orgs.put(call.id(), call.org());
      }
    }
    Map<String, Answer> found = new HashMap<>();
    Map<String, CompletableFuture<Answer>> asked = new HashMap<>();
    int next = 0;
    for (Map.Entry<String, String> session : orgs.entrySet()) {
      asked.put(
          session.getKey(),
          cluster.call(
              next++ % cluster.size(), MemberMain.Op.FIND, session.getValue(), session.getKey()));
      if (asked.size() == READS_AT_ONCE) {
        asked.forEach((key, answer) -> found.put(key, answer.join()));
        asked.clear();
      }
    }
    asked.forEach((key, answer) -> found.put(key, answer.join()));
    return found;
  }
}
