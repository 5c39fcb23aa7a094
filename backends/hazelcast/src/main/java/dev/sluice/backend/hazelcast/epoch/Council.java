package dev.sluice.backend.hazelcast.epoch;

import io.microraft.model.message.RaftMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of each member: it reports, takes leases, and lets its instance found or join. All runs
 * on one thread.
 */
public final class Council implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Council.class);

  private static final long TICK_MS = 200;
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Seats seats;
  private final Path path;
  private final OperatorsWord word;
  private final Instance instance;
  private final Own own;
  private final Gate gate;
  private final CouncilListener listener;
  private final ScheduledExecutorService executor = Daemons.one("sluice-epoch");
  private final Peers peers;
  private final Newcomers newcomers;
  private final Ends ends = new Ends();
  private final Map<Integer, Chair.Seen> seen = new HashMap<>();
  private Chair chair;
  private @Nullable RaftFile file;
  private @Nullable Ballot ballot;
  private Epoch known = Epoch.NONE;
  private long leaseEndNanos;
  private long answeredNanos = System.nanoTime();

  /**
   * @param secret empty on one machine
   * @throws IOException if its listener doesn't start
   */
  public Council(
      Seats seats,
      String clusterName,
      String secret,
      Path directory,
      Instance instance,
      Gate gate,
      CouncilListener listener)
      throws IOException {
    this.seats = seats;
    this.instance = instance;
    own = new Own(instance);
    this.gate = gate;
    this.listener = listener;
    word = new OperatorsWord(directory);
    path = directory.resolve("cluster-" + seats.names().get(seats.self()).replace(':', '-'));
    PeerKey key = PeerKey.of(clusterName, secret, String.join(",", seats.names()));
    newcomers = new Newcomers(seats);
    chair = newChair();
    peers =
        new Peers(
            seats.addresses(),
            seats.self(),
            key,
            new Peers.Receiver() {
              @Override
              public void receive(int from, byte[] message) throws IOException {
                run(Notes.read(from, message, new Received()));
              }

              @Override
              public void ended(int from) {
                long now = System.nanoTime();
                run(() -> ends.ended(from, now));
              }
            });
  }

  /**
   * Takes part from now on. Close it if this fails.
   *
   * @throws IOException if the member's file can't be read
   */
  public void start() throws IOException {
    try {
      executor.submit(this::open).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted at the start of a member");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    }
  }

  /** The port is taken before, so no other process of this member writes its file. */
  private @Nullable Void open() throws IOException {
    file = RaftFile.open(path, seats);
    startBallot();
    peers.start();
    var unused =
        executor.scheduleWithFixedDelay(
            Daemons.guarded(this::step), 0, TICK_MS, TimeUnit.MILLISECONDS);
    return null;
  }

  private Chair newChair() {
    return new Chair(
        seats.names(),
        seats.self(),
        seats.quorum(),
        seen,
        ends.bySeat(),
        executor,
        (seat, answer) -> {
          if (seat == seats.self()) {
            answer(answer);
          } else {
            peers.send(seat, Notes.answer(answer));
          }
        });
  }

  private void startBallot() {
    if (ballot != null) {
      ballot.close();
    }
    ballot = null;
    chair = newChair();
    RaftFile now = file;
    if (now != null && (now.voters() & 1 << seats.self()) != 0) {
      ballot = new Ballot(now, seats.self(), seats.quorum(), peers::send);
    }
  }

  /** Runs on the council's thread. */
  private final class Received implements Notes.Receiver {

    @Override
    public void raft(RaftMessage raft) {
      if (ballot != null) {
        ballot.handle(raft);
      }
    }

    @Override
    public void report(int seat, Report report) {
      ends.heard(seat, report);
      chair.note(seat, report);
    }

    @Override
    public void answer(Answer answer) {
      Council.this.answer(answer);
    }

    @Override
    public void base(Base base) {
      adopt(base);
    }
  }

  private void run(Runnable task) {
    if (!executor.isShutdown()) {
      executor.execute(Daemons.guarded(task));
    }
  }

  private void step() {
    if (ballot != null && ballot.broken()) {
      gate.close();
      listener.failed("the file " + path + " can't be written; start again");
      return;
    }
    hearOperator();
    Report report = report();
    byte[] note = Notes.report(report);
    for (int seat = 0; seat < seats.count(); seat++) {
      if (seat != seats.self()) {
        peers.send(seat, note);
      }
    }
    chair.note(seats.self(), report);
    if (file == null) {
      gate.says(newcomers.waitsFor(report));
    } else if (System.nanoTime() - answeredNanos > Chair.LEASE_NANOS) {
      gate.says(newcomers.unanswered(report));
    }
    Map<Integer, Report> fresh = chair.fresh();
    if (file == null && newcomers.begins(fresh)) {
      begin(Base.of(1, seats.voters(), Epoch.NONE));
    }
    if (ballot != null && ballot.leads()) {
      chair.tick(ballot);
      newcomers.admit(ballot, fresh, executor, this::sendBase);
    } else if (file != null) {
      beginAgain(file, report, fresh);
    }
  }

  /** The leader may have told more than this member has applied. */
  private Epoch newer(Epoch applied) {
    boolean behind =
        known.number() > applied.number() || (known.number() == applied.number() && known.serves());
    return behind ? known : applied;
  }

  private void beginAgain(RaftFile kept, Report report, Map<Integer, Report> fresh) {
    Epoch epoch = ballot == null ? known : newer(ballot.epoch());
    Base again = newcomers.restart(kept, epoch, report, fresh, ends.bySeat(), leaseEndNanos);
    if (again == null) {
      return;
    }
    if (again.generation() > kept.generation()) {
      LOG.warn("The other members have lost their files: this one begins the group again");
      begin(again);
    }
    fresh.forEach(
        (seat, each) -> {
          if (each.generation() < again.generation()) {
            sendBase(seat, again);
          }
        });
  }

  private void hearOperator() {
    String operator = gate.number() == Gate.CLOSED && !own.accepted() ? word.take() : null;
    if (operator != null) {
      own.accept(operator);
    }
    RaftFile now = file;
    boolean other = chair.fresh().containsKey(1 - seats.self());
    if (own.accepted()
        && seats.count() == 2
        && !other
        && now != null
        && ballot == null
        && own.running()) {
      Part part = new Part(seats.self(), own.ticket());
      begin(Base.of(now.generation() + 1, 1 << seats.self(), known.accept(part)));
    }
  }

  private void sendBase(int seat, Base base) {
    if (seat != seats.self()) {
      peers.send(seat, Notes.base(base));
    }
  }

  private Report report() {
    int term = ballot == null ? 0 : ballot.term();
    return own.report(
        file == null ? 0 : file.generation(),
        term,
        ballot == null ? own.ageMs() : ballot.followedEarlierMs(term),
        peers.heard(),
        known);
  }

  private void answer(Answer answer) {
    if (file == null
        || answer.generation() != file.generation()
        || answer.epoch().number() < known.number()) {
      return;
    }
    answeredNanos = System.nanoTime();
    known = answer.epoch();
    Set<UUID> tickets = known.tickets();
    Gate.View view = own.leaving() ? null : instance.view(tickets);
    if (answer.granted() && known.names(instance.ticket()) && view != null) {
      leaseEndNanos = answer.sentNanos() + Chair.LEASE_NANOS;
      gate.open(known.number(), view, leaseEndNanos);
      String operator = own.serves();
      if (operator != null) {
        listener.accepted(operator);
      }
      return;
    }
    gate.says(answer.waitsFor().isEmpty() ? "it joins the others" : answer.waitsFor());
    if (!own.leaving() && own.concerns(answer)) {
      obey(answer);
    }
  }

  private void obey(Answer answer) {
    boolean named = known.names(own.ticket());
    if (own.empty() && known.parts().size() == 1 && named) {
      instance.found();
    } else if (answer.join() != Seat.NONE && !own.changing() && !named) {
      gate.close();
      LOG.info("This member joins {} with a new instance", seats.names().get(answer.join()));
      instance.join(answer.join());
    }
  }

  private void adopt(Base base) {
    RaftFile now = file;
    boolean takes =
        now == null
            ? newcomers.reachesAll(report()) && newcomers.isHeardByAll(chair.fresh())
            : base.generation() > now.generation();
    if (takes) {
      LOG.info("This member takes part from generation {}, {}", base.generation(), base.epoch());
      begin(base);
    }
  }

  private void begin(Base base) {
    gate.close();
    if (ballot != null) {
      ballot.close(); // it writes the same file
      ballot = null;
    }
    try {
      file = RaftFile.begin(path, seats, base);
    } catch (IOException e) {
      LOG.error("{} can't be written", path, e);
      listener.failed("the file " + path + " can't be written: " + e.getMessage());
      return;
    }
    known = base.epoch();
    startBallot();
  }

  /** Serves nothing from now on, and tells the others that they need not wait for its lease. */
  public void renounce() {
    gate.close();
    run(
        () -> {
          own.leave();
          gate.close();
          step();
        });
  }

  /** Ends this member's part, after its instance has ended in order. */
  @Override
  public void close() {
    gate.close();
    if (executor.isShutdown()) {
      return;
    }
    long deadline = System.nanoTime() + LEAVE_NANOS;
    try {
      while (System.nanoTime() - deadline < 0
          && !executor.submit(this::mayGo).get(1, TimeUnit.SECONDS)) {
        TimeUnit.MILLISECONDS.sleep(TICK_MS / 4);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the others aren't waited for", e);
    }
    executor.shutdownNow();
    peers.close();
    if (ballot != null) {
      ballot.close();
    }
  }

  /** True once the others go on without this member, and another one leads. */
  private boolean mayGo() {
    Ballot now = ballot;
    RaftFile kept = file;
    if (!own.leaving() || kept == null) {
      return true;
    }
    Epoch epoch = now == null ? null : now.epoch();
    boolean leads = now != null && now.leads();
    Leaving.Step step =
        Leaving.next(seats, own.ticket(), kept.generation(), chair.fresh(), epoch, leads);
    if (step == Leaving.Step.GIVE_VOTE && epoch != null) {
      begin(Base.of(kept.generation() + 1, seats.all() & ~(1 << seats.self()), epoch));
    } else if (step == Leaving.Step.TELL_VOTE) {
      Base base = kept.begun();
      if (base != null) {
        sendBase(1 - seats.self(), base);
      }
    } else if (step == Leaving.Step.TRANSFER && now != null && epoch != null) {
      var unused = now.transferTo(epoch.parts().get(0).seat());
    }
    return step == Leaving.Step.GO;
  }
}
