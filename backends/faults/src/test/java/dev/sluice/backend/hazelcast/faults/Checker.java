package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.events.EventType;
import dev.sluice.backend.hazelcast.faults.History.Call;
import dev.sluice.backend.hazelcast.faults.MemberMain.Op;
import dev.sluice.backend.hazelcast.faults.Timeline.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the calls of a sequence with each other and with what is found at its end. Times don't
 * expire within a sequence, so a claim ends by a report alone.
 */
final class Checker {

  /** The time for which a member that can't reach a majority may still answer for it. */
  private static final long LEASE_NS = Long.getLong("sluice.faults.leaseMs", 3_500) * 1_000_000;

  /**
   * A call has its answer by then, not counting the time its process was paused: Hazelcast gives up
   * after twice its time-out of 10 s, when it looks next.
   */
  private static final long BOUND_NS = Long.getLong("sluice.faults.boundMs", 25_000) * 1_000_000;

  private static final int SHOWN = 5;

  private final History history;
  private final Timeline timeline;
  private final int size;
  private final Map<String, List<String>> violations = new TreeMap<>();

  Checker(History history, Timeline timeline, int size) {
    this.history = history;
    this.timeline = timeline;
    this.size = size;
  }

  void violation(String kind, String text) {
    violations.computeIfAbsent(kind, unused -> new ArrayList<>()).add(text);
  }

  /**
   * Checks all calls.
   *
   * @param last by session what a member that serves found when all was over
   */
  void check(Map<String, Answer> last) {
    List<Call> calls = history.calls();
    Map<String, Call> enqueued = new HashMap<>();
    Map<String, Call> ended = new HashMap<>();
    Map<String, Call> registered = new HashMap<>();
    Map<String, Claim> claims = new HashMap<>();
    for (Call call : calls) { // by the time of their answers
      if (call.acknowledged(Op.ENQUEUE)) {
        enqueued.putIfAbsent(call.id(), call);
      } else if (call.acknowledged(Op.REGISTER)) {
        registered.putIfAbsent(call.org() + call.id(), call);
      } else if (call.acknowledged(Op.POLL)) {
        claim(call, claims);
      } else if (call.ends() && call.answer().acknowledged()) {
        ended.putIfAbsent(call.id(), call);
      }
    }
    enqueued.forEach((id, call) -> checkItem(call, last.get(id)));
    ended.forEach((id, call) -> checkEnd(call, last.get(id)));
    for (Call call : calls) {
      checkAnswer(call);
      checkRead(call, enqueued.get(call.id()), ended.get(call.id()));
      Call before = registered.get(call.org() + call.id());
      if (call.op() == Op.POLL
          && call.answer().refused("UNKNOWN_WORKER")
          && before != null
          && before.endNs() < call.startNs()) {
        violation("acknowledged worker unknown", show(call));
      }
    }
    for (int member = 0; member < size; member++) {
      checkMinority(member, calls);
    }
  }

  private record Claim(String worker, String token, Call poll) {}

  private void claim(Call poll, Map<String, Claim> claims) {
    for (String claimed : poll.answer().text().split(" ")) {
      int colon = claimed.lastIndexOf(':');
      if (colon > 0) {
        Claim claim = new Claim(poll.id(), claimed.substring(colon + 1), poll);
        Claim other = claims.putIfAbsent(claimed.substring(0, colon), claim);
        if (other != null
            && !(other.worker.equals(claim.worker) && other.token.equals(claim.token))) {
          violation("claimed twice", claimed + " by " + show(other.poll) + " and " + show(poll));
        }
      }
    }
  }

  private void checkItem(Call enqueue, Answer last) {
    if (last.refused("UNKNOWN_SESSION")) {
      violation("acknowledged item lost", show(enqueue));
    } else if (!last.acknowledged()) {
      violation("item can't be read at the end", show(enqueue) + ": " + last.text());
    } else if (!last.text().endsWith(" " + MemberMain.item(enqueue.id()))) {
      violation("acknowledged item differs", show(enqueue) + ": " + last.text());
    }
  }

  private void checkEnd(Call report, Answer last) {
    if (last != null && last.acknowledged() && !last.text().startsWith("COMPLETED ")) {
      violation("acknowledged end undone", show(report) + ": " + last.text());
    }
  }

  /**
   * Checks that a reader has seen each acknowledged change once, and nothing that was undone.
   *
   * @param seen by a reader whose cursor moved on during the faults
   * @param last events of the org when all was over
   */
  void checkEvents(String org, List<String> seen, List<String> last) {
    for (int at = 0; at < Math.max(seen.size(), last.size()); at++) {
      String before = at < seen.size() ? seen.get(at) : "nothing";
      String now = at < last.size() ? last.get(at) : "nothing";
      if (!before.equals(now)) {
        violation(
            "a reader saw another event",
            "%s, event %d was %s and is %s".formatted(org, at + 1, before, now));
      }
    }
    Map<String, Integer> told = new HashMap<>();
    seen.forEach(event -> told.merge(event.substring(0, event.lastIndexOf(':')), 1, Integer::sum));
    for (Call call : history.calls()) {
      if (call.org().equals(org) && call.acknowledged(Op.ENQUEUE)) {
        once(told, EventType.SESSION_ENQUEUED, call);
      } else if (call.org().equals(org) && call.ends() && call.answer().acknowledged()) {
        once(told, EventType.SESSION_ENDED, call);
      } else if (call.org().equals(org) && call.acknowledged(Op.REGISTER)) {
        once(told, EventType.WORKER_REGISTERED, call);
      }
    }
  }

  private void once(Map<String, Integer> told, EventType type, Call call) {
    String event = MemberMain.event(type, call.id());
    int times = told.getOrDefault(event, 0);
    if (times != 1) {
      violation("an acknowledged change isn't told once", times + " x " + event);
    }
  }

  private void checkAnswer(Call call) {
    if (call.answer().outcome() == Answer.Outcome.BROKEN) {
      violation("neither answer nor unavailable", show(call));
    }
    boolean refusedOwner =
        call.op() == Op.REPORT && call.answer().outcome() == Answer.Outcome.REFUSED;
    if (refusedOwner) {
      violation("report of the owner refused", show(call));
    }
    Span whole = new Span(call.sentNs(), call.heardNs());
    long paused = 0;
    for (Span pause : timeline.notRunning(call.member())) {
      paused += pause.overlapNs(whole);
    }
    if (whole.toNs() - whole.fromNs() - paused > BOUND_NS) {
      violation("no answer within the bound", show(call));
    }
  }

  private void checkRead(Call call, Call enqueue, Call end) {
    if (call.op() != Op.FIND
        || !call.answer().acknowledged() && !call.answer().refused("UNKNOWN_SESSION")) {
      return;
    }
    if (enqueue != null
        && enqueue.endNs() < call.startNs()
        && call.answer().outcome() == Answer.Outcome.REFUSED) {
      violation("read misses an acknowledged item", show(call) + " after " + show(enqueue));
    }
    if (end != null
        && end.endNs() < call.startNs()
        && call.answer().acknowledged()
        && !call.answer().text().startsWith("COMPLETED ")) {
      violation("read misses an acknowledged end", show(call) + " after " + show(end));
    }
  }

  private void checkMinority(int member, List<Call> calls) {
    List<Span> cut = timeline.withoutMajority(member, size);
    for (Call call : calls) {
      if (call.member() == member && call.answer().acknowledged() && call.op() != Op.HEALTH) {
        for (Span span : cut) {
          if (call.startNs() > span.fromNs() + LEASE_NS && call.endNs() < span.toNs()) {
            violation("acknowledged by a minority", show(call));
          }
        }
      }
    }
  }

  private String show(Call call) {
    return call + " from " + history.at(call.startNs()) + " to " + history.at(call.endNs());
  }

  int count() {
    return violations.values().stream().mapToInt(List::size).sum();
  }

  /** The number of violations of each kind, with the first of them. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    violations.forEach(
        (kind, all) -> {
          lines.add(all.size() + " x " + kind);
          all.stream().limit(SHOWN).forEach(text -> lines.add("    " + text));
        });
    return lines;
  }
}
