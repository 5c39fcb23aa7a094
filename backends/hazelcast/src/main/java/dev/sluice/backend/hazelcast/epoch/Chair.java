package dev.sluice.backend.hazelcast.epoch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the leader. It runs on the thread of the {@link Council}.
 *
 * <p>A lease is granted for an epoch that was still current after the member had asked, and a
 * change that leaves a member out is proposed when its lease has ended.
 */
final class Chair {

  private static final Logger LOG = LoggerFactory.getLogger(Chair.class);

  static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(Ballot.LEADER_SILENT_SECONDS);

  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long STRAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final List<String> names;
  private final int self;
  private final int quorum;
  private final Executor executor;
  private final BiConsumer<Integer, Answer> answers;
  private final Map<Integer, Seen> seen;
  private final Map<Integer, Seen> unanswered = new HashMap<>();
  private final Map<Integer, Long> leaseBegan = new HashMap<>();
  private final Map<Integer, Long> ended;
  private final Map<UUID, Long> idleSince = new HashMap<>();
  private Set<UUID> denied = Set.of();
  private Map<Integer, Integer> joins = Map.of();

  /** The reports that led to the joins. */
  private Map<Integer, Report> advised = Map.of();

  private String waitsFor = "";
  private @Nullable Change wanted;
  private long wantedNanos;
  private boolean asking;
  private boolean proposing;

  record Seen(Report report, long atNanos) {}

  /**
   * @param executor the council's thread
   * @param answers to seats
   * @param seen the last report of each seat
   * @param ended when the process of a seat ended that has said nothing since
   */
  Chair(
      List<String> names,
      int self,
      int quorum,
      Map<Integer, Seen> seen,
      Map<Integer, Long> ended,
      Executor executor,
      BiConsumer<Integer, Answer> answers) {
    this.names = names;
    this.self = self;
    this.quorum = quorum;
    this.seen = seen;
    this.ended = ended;
    this.executor = executor;
    this.answers = answers;
  }

  void note(int seat, Report report) {
    Seen now = new Seen(report, System.nanoTime());
    seen.put(seat, now);
    unanswered.put(seat, now);
  }

  /** The members that said something lately. */
  Map<Integer, Report> fresh() {
    long now = System.nanoTime();
    return seen.entrySet().stream()
        .filter(each -> now - each.getValue().atNanos() < FRESH_NANOS)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().report()));
  }

  /** Answers all reports that came before this call, and proposes what has to change. */
  void tick(Ballot ballot) {
    if (asking) {
      return;
    }
    asking = true;
    Map<Integer, Seen> pending = Map.copyOf(unanswered);
    unanswered.clear();
    ballot
        .ask()
        .whenCompleteAsync(
            (known, failure) -> {
              asking = false;
              if (failure == null && ballot.leads()) {
                answer(ballot, pending, known.epoch());
                act(ballot, known.epoch());
              }
            },
            executor);
  }

  private void answer(Ballot ballot, Map<Integer, Seen> pending, Epoch epoch) {
    pending.forEach(
        (seat, each) -> {
          Report report = each.report();
          boolean granted =
              epoch.serves()
                  && epoch.parts().contains(new Part(seat, report.ticket()))
                  && !denied.contains(report.ticket())
                  && !report.renounces();
          if (granted) {
            leaseBegan.put(seat, each.atNanos());
          }
          Report before = advised.get(seat);
          boolean same =
              before != null
                  && before.ticket().equals(report.ticket())
                  && before.stage() == report.stage();
          int join = same ? Objects.requireNonNull(joins.getOrDefault(seat, Seat.NONE)) : Seat.NONE;
          answers.accept(
              seat,
              new Answer(report.sentNanos(), ballot.generation(), epoch, granted, join, waitsFor));
        });
  }

  private void act(Ballot ballot, Epoch epoch) {
    if (proposing) {
      return;
    }
    Map<Integer, Report> fresh = fresh();
    Assembly.Advice advice = new Assembly(epoch, fresh, names, quorum, self).advice();
    waitsFor = advice.waitsFor();
    joins = joins(advice, fresh);
    advised = fresh;
    Change change = advice.change();
    if (change == null) {
      wanted = null;
      denied = Set.of();
      return;
    }
    if (!change.equals(wanted)) {
      wanted = change;
      wantedNanos = System.nanoTime();
    }
    if (advice.patient() && System.nanoTime() - wantedNanos < PATIENCE_NANOS) {
      return;
    }
    if (change.kind() == Change.Kind.SERVE || !leasesRun(ballot, epoch, change, fresh)) {
      propose(ballot, epoch, change);
    }
  }

  /** Grants no more leases to members that a change leaves out. True while they have one. */
  private boolean leasesRun(Ballot ballot, Epoch epoch, Change change, Map<Integer, Report> fresh) {
    if (!epoch.serves()) {
      denied = Set.of();
      return false;
    }
    List<Part> out = epoch.parts().stream().filter(part -> !change.parts().contains(part)).toList();
    denied = out.stream().map(Part::ticket).collect(Collectors.toSet());
    long now = System.nanoTime();
    return out.stream()
        .anyMatch(part -> now - leaseBegan(ballot, part, fresh) < LEASE_NANOS + MARGIN_NANOS);
  }

  /** The latest moment at which a member may have asked for a lease that it got, or later. */
  private long leaseBegan(Ballot ballot, Part part, Map<Integer, Report> fresh) {
    Report report = fresh.get(part.seat());
    boolean over =
        report == null
            ? ended.containsKey(part.seat())
            : report.renounces() || !report.ticket().equals(part.ticket());
    if (over) {
      return System.nanoTime() - 2 * LEASE_NANOS;
    }
    long before =
        earlierLeases(
            ballot.electedNanos(), ballot.voters(), ballot.generation(), ballot.term(), seen);
    Long granted = leaseBegan.get(part.seat());
    return granted != null && granted - before > 0 ? granted : before;
  }

  /**
   * No lease of an earlier leader began after this moment. It is the election, or what a majority
   * of voters say in this term.
   */
  static long earlierLeases(
      long electedNanos, int voters, int generation, int term, Map<Integer, Seen> seen) {
    long[] sinceNanos =
        seen.entrySet().stream()
            .filter(each -> (voters & 1 << each.getKey()) != 0)
            .map(Map.Entry::getValue)
            .filter(each -> each.report().generation() == generation)
            .filter(each -> each.report().term() == term)
            .mapToLong(
                each ->
                    electedNanos
                        - each.atNanos()
                        + TimeUnit.MILLISECONDS.toNanos(each.report().raftMs()))
            .toArray();
    if (sinceNanos.length <= Integer.bitCount(voters) / 2) {
      return electedNanos;
    }
    return electedNanos - Math.max(0, Arrays.stream(sinceNanos).min().orElse(0));
  }

  private void propose(Ballot ballot, Epoch epoch, Change change) {
    proposing = true;
    ballot
        .propose(change)
        .whenCompleteAsync(
            (known, failure) -> {
              proposing = false;
              if (failure != null) {
                LOG.debug("{} is not agreed", change, failure);
              } else if (!known.epoch().equals(epoch)) {
                LOG.info("Agreed: {}", known.epoch());
              }
            },
            executor);
  }

  private Map<Integer, Integer> joins(Assembly.Advice advice, Map<Integer, Report> fresh) {
    Map<Integer, Integer> now = new HashMap<>();
    advice.joins().forEach(seat -> now.put(seat, advice.target()));
    Map<UUID, Long> idle = new HashMap<>();
    for (int seat : advice.strays()) {
      if (idle(seat, fresh, idle) >= STRAY_NANOS) {
        now.put(seat, advice.target());
      }
    }
    for (int seat : advice.late()) {
      if (idle(seat, fresh, idle) >= LATE_NANOS) {
        now.put(seat, advice.target());
      }
    }
    idleSince.clear();
    idleSince.putAll(idle);
    now.remove(advice.target());
    return now;
  }

  private long idle(int seat, Map<Integer, Report> fresh, Map<UUID, Long> idle) {
    UUID ticket = Objects.requireNonNull(fresh.get(seat)).ticket();
    long now = System.nanoTime();
    Long since = idleSince.getOrDefault(ticket, now);
    idle.put(ticket, since);
    return now - since;
  }
}
