package dev.sluice.backend.engine.records;

import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.work.DeadReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Why a session came back from its last claim, or died, and who nacked it.
 *
 * @param nackedBy until the next claim
 * @param returnUntilMs earliest end of a back-off while it waits, epoch ms; 0 for none
 * @param lostBy worker that lost the claim by time and may re-attach
 * @param nackers since it last ran, in the order of their first nacks; empty in older bytes
 */
public record ReturnInfo(
    @Nullable String nackedBy,
    long returnUntilMs,
    @Nullable String lostBy,
    @Nullable DeadReason dead,
    List<Nacker> nackers) {

  public static final ReturnInfo NONE = new ReturnInfo(null, 0, null, null, List.of());

  public ReturnInfo {
    if (nackers.isEmpty() && nackedBy != null) {
      nackers = List.of(new Nacker(nackedBy, 1, returnUntilMs));
    }
  }

  boolean keptFrom(String worker) {
    for (int i = 0; i < nackers.size(); i++) {
      Nacker nacker = nackers.get(i);
      if (nacker.keptAway() && nacker.workerId().equals(worker)) {
        return true;
      }
    }
    return false;
  }

  /** The back-offs outlast a claim. */
  ReturnInfo claimed() {
    return nackers.isEmpty() ? NONE : new ReturnInfo(null, 0, null, null, nackers);
  }

  /** True if a worker other than this one denied it for good. */
  public boolean deniedByOther(String worker) {
    return nackers.stream()
        .anyMatch(nacker -> nacker.denied() && !nacker.workerId().equals(worker));
  }

  ReturnInfo nacked(String worker, long nowMs, Rules rules, boolean denied) {
    List<Nacker> all = new ArrayList<>(nackers);
    int at = 0;
    while (at < all.size() && !all.get(at).workerId().equals(worker)) {
      at++;
    }
    int nacks = at < all.size() ? all.get(at).nacks() + 1 : 1;
    long backOffMs = denied ? Rules.LONGEST_NACK_BACKOFF_MS : rules.nackBackoffMs(nacks);
    boolean known = at < all.size() && all.get(at).denied();
    Nacker nacker = new Nacker(worker, nacks, nowMs + backOffMs, denied || known);
    if (at < all.size()) {
      all.set(at, nacker);
    } else {
      all.add(nacker);
    }
    return new ReturnInfo(worker, 0, null, null, List.copyOf(all)).over(nowMs);
  }

  /** Waits again without a nack. */
  ReturnInfo returned(@Nullable String lost, long nowMs) {
    return new ReturnInfo(null, 0, lost, null, nackers).over(nowMs);
  }

  ReturnInfo dead(DeadReason reason) {
    return new ReturnInfo(null, 0, null, reason, each(nacker -> until(nacker, 0)));
  }

  /** Ends the back-offs whose time has come. */
  ReturnInfo over(long nowMs) {
    return waiting(each(nacker -> nacker.untilMs() > nowMs ? nacker : until(nacker, 0)));
  }

  /** Shortens each back-off to a whole one from now. */
  ReturnInfo notAfter(long nowMs, Rules rules) {
    List<Nacker> limited =
        each(nacker -> until(nacker, Math.min(nacker.untilMs(), nowMs + longest(nacker, rules))));
    return returnUntilMs == 0
        ? new ReturnInfo(nackedBy, 0, lostBy, dead, limited)
        : waiting(limited);
  }

  private static long longest(Nacker nacker, Rules rules) {
    return nacker.denied() ? Rules.LONGEST_NACK_BACKOFF_MS : rules.nackBackoffMs(nacker.nacks());
  }

  private ReturnInfo waiting(List<Nacker> all) {
    long earliest = 0;
    for (Nacker nacker : all) {
      if (nacker.keptAway() && (earliest == 0 || nacker.untilMs() < earliest)) {
        earliest = nacker.untilMs();
      }
    }
    return new ReturnInfo(nackedBy, earliest, lostBy, dead, all);
  }

  private List<Nacker> each(UnaryOperator<Nacker> change) {
    return nackers.stream().map(change).toList();
  }

  private static Nacker until(Nacker nacker, long untilMs) {
    return new Nacker(nacker.workerId(), nacker.nacks(), untilMs, nacker.denied());
  }
}
