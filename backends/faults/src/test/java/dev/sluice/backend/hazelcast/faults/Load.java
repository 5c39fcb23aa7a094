package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.hazelcast.faults.MemberMain.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Producers and workers on every member at once. A call whose outcome is not known is made again,
 * as producers and workers do.
 */
final class Load {

  private static final int PRODUCERS = 2;
  private static final long PACE_MS = 60;
  private static final long READER_PACE_MS = 150;

  private final FaultyCluster cluster;
  private final String sequence;
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> known = new ArrayList<>();
  private final List<EventReaders> readers = new ArrayList<>();
  private volatile boolean stopped;

  Load(FaultyCluster cluster, String sequence) {
    this.cluster = cluster;
    this.sequence = sequence;
  }

  void start() {
    for (int member : cluster.all()) {
      for (int i = 0; i < PRODUCERS; i++) {
        begin(new Producer(member, i));
      }
      begin(new Worker(member));
      EventReaders events = new EventReaders(cluster);
      readers.add(events);
      for (int org = 0; org < FaultyCluster.ORGS; org++) {
        String name = FaultyCluster.org(sequence, org);
        int asked = member;
        begin(() -> events.read(asked, name), READER_PACE_MS);
      }
    }
  }

  private void begin(Runnable task) {
    begin(task, PACE_MS);
  }

  private void begin(Runnable task, long paceMs) {
    Thread thread =
        new Thread(
            () -> {
              while (!stopped) {
                task.run();
                pace(paceMs);
              }
            });
    threads.add(thread);
    thread.start();
  }

  /** Returns once every call has its answer. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** The readers of events, one for each member. */
  List<EventReaders> readers() {
    return readers;
  }

  private static void pace(long paceMs) {
    try {
      Thread.sleep(paceMs); // the load that the members get
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String anyOrg() {
    return FaultyCluster.org(sequence, ThreadLocalRandom.current().nextInt(FaultyCluster.ORGS));
  }

  private void know(String org, String id) {
    synchronized (known) {
      known.add(org + "\t" + id);
    }
  }

  /** Enqueues, and looks for what it or others enqueued and ended. */
  private final class Producer implements Runnable {

    private final int member;
    private final String name;
    private final Random random = new Random();
    private int next;
    private String org = "";
    private String again = "";

    Producer(int member, int number) {
      this.member = member;
      name = sequence + "-p" + member + number + "-";
    }

    @Override
    public void run() {
      String id = again;
      if (id.isEmpty()) {
        id = name + next++;
        org = anyOrg();
      }
      Answer answer = cluster.call(member, Op.ENQUEUE, org, id).join();
      again = answer.open() && random.nextBoolean() ? id : "";
      if (answer.acknowledged()) {
        know(org, id);
      }
      if (random.nextInt(3) == 0) {
        look();
      }
    }

    private void look() {
      String[] some;
      synchronized (known) {
        if (known.isEmpty()) {
          return;
        }
        some = known.get(random.nextInt(known.size())).split("\t");
      }
      cluster.call(member, Op.FIND, some[0], some[1]).join();
    }
  }

  /** A worker in each org, by turns. */
  private final class Worker implements Runnable {

    private final int member;
    private final String name;
    private final Set<String> registered = new HashSet<>();
    private final List<Held> held = new ArrayList<>();
    private final String[] asked = new String[FaultyCluster.ORGS];
    private int polls;

    Worker(int member) {
      this.member = member;
      name = "worker-" + member;
    }

    private record Held(String org, String session, String token) {}

    @Override
    public void run() {
      int number = ThreadLocalRandom.current().nextInt(FaultyCluster.ORGS);
      String org = FaultyCluster.org(sequence, number);
      if (!registered.contains(org)) {
        if (!cluster.call(member, Op.REGISTER, org, name).join().acknowledged()) {
          return;
        }
        registered.add(org);
      }
      poll(org, number);
      held.removeIf(this::report);
    }

    private void poll(String org, int number) {
      if (asked[number] == null) {
        asked[number] = name + "-" + polls++;
      }
      Answer answer = cluster.call(member, Op.POLL, org, name, asked[number]).join();
      if (answer.open()) {
        return; // the same again
      }
      asked[number] = null;
      if (answer.refused("UNKNOWN_WORKER")) {
        registered.remove(org);
      } else if (answer.acknowledged()) {
        for (String claimed : answer.text().split(" ")) {
          int colon = claimed.lastIndexOf(':');
          if (colon > 0) {
            held.add(new Held(org, claimed.substring(0, colon), claimed.substring(colon + 1)));
          }
        }
      }
    }

    /** Returns true once it is decided. */
    private boolean report(Held claim) {
      return !stopped
          && !cluster
              .call(member, Op.REPORT, claim.org, claim.session, name, claim.token, "COMPLETED")
              .join()
              .open();
    }
  }
}
