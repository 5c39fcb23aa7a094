package dev.sluice.backend.hazelcast.epoch;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Members without a file: new ones, and those that lost it with their vote. One takes part again
 * when it reaches all others, so that none can know more than it is told.
 */
final class Newcomers {

  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A report may be older than what its sender has done since. */
  private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Seats seats;
  private final LongSupplier nanos;
  private final Map<Integer, Long> admitted = new HashMap<>();
  private boolean left;
  private long leftNanos;

  /** True if this member alone is left, and others may have served without it. */
  private boolean undecided;

  Newcomers(Seats seats) {
    this(seats, System::nanoTime);
  }

  Newcomers(Seats seats, LongSupplier nanos) {
    this.seats = seats;
    this.nanos = nanos;
  }

  boolean reachesAll(Report report) {
    return Integer.bitCount(report.reaches()) == seats.count() - 1;
  }

  /** True if all others have heard this process, so that they know it from one before. */
  boolean isHeardByAll(Map<Integer, Report> fresh) {
    return fresh.size() == seats.count()
        && fresh.entrySet().stream()
            .filter(each -> each.getKey() != seats.self())
            .allMatch(each -> (each.getValue().reaches() & 1 << seats.self()) != 0);
  }

  String waitsFor(Report report) {
    return reachesAll(report)
        ? "the members take up their votes"
        : "this member has no file of its vote, and takes part once it reaches all others;"
            + " unreachable: "
            + unreachable(report);
  }

  String unanswered(Report report) {
    if (undecided) {
      return "the other members have lost their files, and may have served without this one:"
          + " an operator decides";
    }
    return seats.count() == 2
        ? "the other member has the vote and doesn't answer; see \"Two members\" in docs/hazelcast.md"
        : "no majority of the members answers; unreachable: " + unreachable(report);
  }

  /** Names and listeners of the members that were not heard lately. */
  private String unreachable(Report report) {
    String all =
        IntStream.range(0, seats.count())
            .filter(seat -> seat != seats.self() && (report.reaches() & 1 << seat) == 0)
            .mapToObj(seat -> seats.names().get(seat) + " (votes on port " + port(seat) + ")")
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  private int port(int seat) {
    return seats.addresses().get(seat).getPort();
  }

  /** True if all members are new and this one begins. */
  boolean begins(Map<Integer, Report> fresh) {
    return seats.self() == 0
        && fresh.size() == seats.count()
        && fresh.values().stream().allMatch(each -> each.generation() == 0 && reachesAll(each));
  }

  /** Gives newcomers the epoch as the leader knows it, with all that they may have voted for. */
  void admit(
      Ballot ballot, Map<Integer, Report> fresh, Executor executor, BiConsumer<Integer, Base> to) {
    fresh.forEach(
        (seat, report) -> {
          long now = System.nanoTime();
          Long before = admitted.get(seat);
          if (report.generation() < ballot.generation()
              && (report.generation() > 0 || reachesAll(report))
              && (before == null || now - before > AGAIN_NANOS)) {
            admitted.put(seat, now);
            int term = ballot.term();
            ballot
                .propose(Change.TOUCH)
                .whenCompleteAsync(
                    (known, failure) -> {
                      if (failure == null && ballot.leads() && ballot.term() == term) {
                        to.accept(seat, ballot.kept().upTo(known.index(), term, seats.self()));
                      }
                    },
                    executor);
          }
        });
  }

  /**
   * The base of a group that begins again, because too few of its members still have their file.
   * This member must know that no epoch without it can have come after its own.
   *
   * @return null if it may not, or need not
   */
  @Nullable Base restart(
      RaftFile file,
      Epoch epoch,
      Report own,
      Map<Integer, Report> fresh,
      Map<Integer, Long> ended,
      long leaseEndNanos) {
    long voting =
        fresh.entrySet().stream()
            .filter(each -> (file.voters() & 1 << each.getKey()) != 0)
            .filter(each -> each.getValue().generation() == file.generation())
            .count();
    boolean all = fresh.size() == seats.count() && reachesAll(own);
    boolean majority = voting > Integer.bitCount(file.voters()) / 2;
    boolean highest =
        fresh.values().stream()
            .allMatch(
                each ->
                    each.generation() < own.generation()
                        || (each.generation() == own.generation()
                            && (each == own || each.known() <= epoch.number())));
    undecided = false;
    if (!isLeft(all && !majority && highest && first(own, fresh))) {
      return null;
    }
    Base begun = file.begun();
    // a member without a vote has only heard of the group, which may know more by now
    if (begun != null && (begun.votes(seats.self()) || neverBegan(file, fresh))) {
      return begun;
    }
    int voters = seats.count() == 2 ? 1 << seats.self() : seats.all();
    boolean newest =
        epoch.virgin() || own.accepted() || nobodyWentOn(epoch, own, fresh, ended, leaseEndNanos);
    undecided = !newest;
    return newest ? Base.of(file.generation() + 1, voters, epoch) : null;
  }

  /** True if the voters are still in an earlier group, so that they know nothing of this one. */
  private static boolean neverBegan(RaftFile file, Map<Integer, Report> fresh) {
    return fresh.entrySet().stream()
        .filter(each -> (file.voters() & 1 << each.getKey()) != 0)
        .mapToInt(each -> each.getValue().generation())
        .allMatch(generation -> generation > 0 && generation < file.generation());
  }

  /** True once the others have said for a while that this member alone is left. */
  private boolean isLeft(boolean now) {
    if (now && !left) {
      leftNanos = nanos.getAsLong();
    }
    left = now;
    return now && nanos.getAsLong() - leftNanos >= SURE_NANOS;
  }

  private boolean first(Report own, Map<Integer, Report> fresh) {
    return fresh.entrySet().stream()
        .filter(each -> each.getValue().generation() == own.generation())
        .allMatch(each -> each.getKey() >= seats.self());
  }

  /** The others can't have served without this one if too many ended within its lease. */
  private boolean nobodyWentOn(
      Epoch epoch,
      Report own,
      Map<Integer, Report> fresh,
      Map<Integer, Long> ended,
      long leaseEndNanos) {
    long now = System.nanoTime();
    long gone =
        fresh.entrySet().stream()
            .filter(each -> each.getValue().generation() == 0)
            .filter(
                each -> {
                  long begun = now - TimeUnit.MILLISECONDS.toNanos(each.getValue().raftMs());
                  long end = Objects.requireNonNull(ended.getOrDefault(each.getKey(), begun));
                  return Math.min(end - leaseEndNanos, begun - leaseEndNanos) < 0;
                })
            .count();
    return epoch.complete().contains(own.ticket())
        && own.running()
        && seats.count() - 1 - gone < seats.quorum();
  }
}
