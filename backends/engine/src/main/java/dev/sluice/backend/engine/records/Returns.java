package dev.sluice.backend.engine.records;

import dev.sluice.backend.Rules;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.work.DeadReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The changes of a session's {@link ReturnInfo}. */
final class Returns {

  private Returns() {}

  static boolean keepFrom(ReturnInfo info, String worker) {
    List<Nacker> nackers = info.nackers();
    for (int i = 0; i < nackers.size(); i++) {
      Nacker nacker = nackers.get(i);
      if (nacker.keptAway() && nacker.workerId().equals(worker)) {
        return true;
      }
    }
    return false;
  }

  /** The back-offs outlast a claim. */
  static ReturnInfo claimed(ReturnInfo info) {
    return info.nackers().isEmpty() ? ReturnInfo.NONE : of(info.nackers());
  }

  static ReturnInfo nacked(
      ReturnInfo info, String worker, long nowMs, Rules rules, boolean denied) {
    List<Nacker> all = new ArrayList<>(info.nackers());
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
    return over(of(List.copyOf(all)).withNackedBy(worker), nowMs);
  }

  /** Waits again without a nack. */
  static ReturnInfo returned(ReturnInfo info, @Nullable String lost, long nowMs) {
    return over(of(info.nackers()).withLostBy(lost), nowMs);
  }

  static ReturnInfo dead(ReturnInfo info, DeadReason reason) {
    return of(each(info, nacker -> until(nacker, 0))).withDead(reason);
  }

  /** Ends the back-offs whose time has come. */
  static ReturnInfo over(ReturnInfo info, long nowMs) {
    return waiting(
        info, each(info, nacker -> nacker.untilMs() > nowMs ? nacker : until(nacker, 0)));
  }

  /** Shortens each back-off to a whole one from now. */
  static ReturnInfo notAfter(ReturnInfo info, long nowMs, Rules rules) {
    List<Nacker> limited =
        each(
            info,
            nacker -> until(nacker, Math.min(nacker.untilMs(), nowMs + longest(nacker, rules))));
    return info.returnUntilMs() == 0 ? info.withNackers(limited) : waiting(info, limited);
  }

  private static long longest(Nacker nacker, Rules rules) {
    return nacker.denied() ? Rules.LONGEST_NACK_BACKOFF_MS : rules.nackBackoffMs(nacker.nacks());
  }

  private static ReturnInfo of(List<Nacker> nackers) {
    return new ReturnInfo(null, 0, null, null, nackers);
  }

  private static ReturnInfo waiting(ReturnInfo info, List<Nacker> all) {
    long earliest = ReturnInfo.earliest(all);
    return info.with(returned -> returned.returnUntilMs(earliest).nackers(all));
  }

  private static List<Nacker> each(ReturnInfo info, UnaryOperator<Nacker> change) {
    return info.nackers().stream().map(change).toList();
  }

  private static Nacker until(Nacker nacker, long untilMs) {
    return new Nacker(nacker.workerId(), nacker.nacks(), untilMs, nacker.denied());
  }
}
