package dev.sluice.backend.hazelcast.epoch;

import io.microraft.QueryPolicy;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftNodeStatus;
import io.microraft.executor.RaftNodeExecutor;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.RaftState;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;
import io.microraft.report.RaftTerm;
import io.microraft.transport.Transport;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** This member's part of the Raft group. */
final class Ballot implements AutoCloseable {

  /** A voter that heard the leader in this time elects no other. At least a lease. */
  static final int LEADER_SILENT_SECONDS = 3;

  /** A vote waits for a disk. */
  private static final int ELECTION_MS = 1_500;

  /** Keeps two candidates from trying again at the same time. */
  private static final int ELECTION_APART_MS = 700;

  /**
   * Rare, and the log is short: a member that restored a snapshot can't drop an entry right after
   * it, which a leader of the past left there.
   */
  private static final int SNAPSHOT_AFTER = 2_000;

  private static final int PRE_VOTE_MS = 500;

  private final RaftFile file;
  private final Seat self;
  private final EpochMachine machine;
  private final RaftNode node;
  private final Threads threads = new Threads();
  private final Followed followed = new Followed(System::nanoTime);
  private int ledTerm = -1;
  private long electedNanos;

  /**
   * @param send to a seat
   */
  Ballot(RaftFile file, int self, int quorum, BiConsumer<Integer, byte[]> send) {
    this.file = file;
    this.self = new Seat(self);
    machine = new EpochMachine(quorum, file.base().epoch());
    node =
        RaftNode.newBuilder()
            .setGroupId(file.generation())
            .setRestoredState(file.restored())
            .setConfig(config(self))
            .setExecutor(threads)
            .setTransport(new Wires(send))
            .setStateMachine(machine)
            .setStore(file)
            .setModelFactory(RaftCodec.MODEL)
            .setClock(new Steady())
            .build();
    node.start().join();
    threads.executor.scheduleWithFixedDelay(
        this::forgetPreVote, PRE_VOTE_MS, PRE_VOTE_MS, TimeUnit.MILLISECONDS);
  }

  private static RaftConfig config(int self) {
    return RaftConfig.newBuilder()
        .setLeaderElectionTimeoutMillis(ELECTION_MS + self * ELECTION_APART_MS)
        .setLeaderHeartbeatPeriodSecs(1)
        .setLeaderHeartbeatTimeoutSecs(LEADER_SILENT_SECONDS)
        .setCommitCountToTakeSnapshot(SNAPSHOT_AFTER)
        .setMaxPendingLogEntryCount(1_000)
        .setAppendEntriesRequestBatchSize(100)
        .setTransferSnapshotsFromFollowersEnabled(false)
        .build();
  }

  /**
   * MicroRaft 0.7 keeps the pre-vote of a member that heard its leader again in the same term, and
   * begins no other while there is one.
   */
  private void forgetPreVote() {
    RaftNodeImpl impl = (RaftNodeImpl) node;
    RaftState state = impl.state();
    RaftEndpoint leader = state.leader();
    if (leader != null && state.leaderState() == null && state.preCandidateState() != null) {
      impl.toFollower(state.term()); // keeps its vote
      impl.leader(leader);
    }
  }

  int generation() {
    return file.generation();
  }

  /** The contents of this member's file. */
  Base kept() {
    return file.base();
  }

  /** Time since this member followed a leader of a term before this one, or since its start. */
  long followedEarlierMs(int term) {
    return followed.earlierMs(term);
  }

  int voters() {
    return file.voters();
  }

  /** May be out of date. */
  Epoch epoch() {
    return machine.epoch();
  }

  boolean broken() {
    return file.failed() || node.getStatus() == RaftNodeStatus.TERMINATED;
  }

  void handle(RaftMessage message) {
    if (message.getGroupId().equals(file.generation())) {
      if (message instanceof AppendEntriesRequest || message instanceof InstallSnapshotRequest) {
        followed.heard(message.getTerm()); // before the node answers it
      }
      node.handle(message);
    }
  }

  /** True if this member believes to lead; others may have elected another since. */
  boolean leads() {
    RaftTerm term = node.getTerm();
    boolean leads = self.equals(term.getLeaderEndpoint());
    if (leads) {
      followed.leads(term.getTerm());
    }
    if (leads && term.getTerm() != ledTerm) {
      ledTerm = term.getTerm();
      electedNanos = System.nanoTime();
    }
    return leads;
  }

  int leader() {
    return node.getTerm().getLeaderEndpoint() instanceof Seat seat ? seat.index() : Seat.NONE;
  }

  int term() {
    return node.getTerm().getTerm();
  }

  /** The moment when {@link #leads} first saw that this member leads the term. */
  long electedNanos() {
    return electedNanos;
  }

  /**
   * Asks for the epoch as of a moment after this call. Only one question at a time: MicroRaft
   * counts answers to an earlier one for a later one.
   */
  CompletableFuture<EpochMachine.Known> ask() {
    return node.<EpochMachine.Known>query(
            EpochMachine.ASK, QueryPolicy.LINEARIZABLE, Optional.empty(), Optional.empty())
        .thenApply(answer -> answer.getResult());
  }

  CompletableFuture<EpochMachine.Known> propose(Change change) {
    return node.<EpochMachine.Known>replicate(change).thenApply(answer -> answer.getResult());
  }

  CompletableFuture<?> transferTo(int seat) {
    return node.transferLeadership(new Seat(seat));
  }

  @Override
  public void close() {
    try {
      node.terminate().get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // ends with its thread
    }
    threads.executor.shutdownNow();
  }

  private record Wires(BiConsumer<Integer, byte[]> send) implements Transport {

    @Override
    public void send(RaftEndpoint target, RaftMessage message) {
      send.accept(((Seat) target).index(), Notes.raft(message));
    }

    @Override
    public boolean isReachable(RaftEndpoint endpoint) {
      return true;
    }
  }

  private static final class Threads implements RaftNodeExecutor {

    private final ScheduledExecutorService executor = Daemons.one("sluice-epoch-raft");

    @Override
    public void execute(Runnable task) {
      submit(task);
    }

    @Override
    public void submit(Runnable task) {
      if (!executor.isShutdown()) {
        executor.execute(task);
      }
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit timeUnit) {
      if (!executor.isShutdown()) {
        var unused = executor.schedule(task, delay, timeUnit);
      }
    }
  }

  /** Goes on evenly when the machine's clock is set. */
  private static final class Steady extends Clock {

    private final long startNanos = System.nanoTime();

    @Override
    public long millis() {
      return 1_000_000_000L + (System.nanoTime() - startNanos) / 1_000_000;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
