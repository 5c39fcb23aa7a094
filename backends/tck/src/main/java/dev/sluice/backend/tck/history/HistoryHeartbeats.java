package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.HeartbeatResult.Verdict;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Heartbeats that count or list the sessions of a worker: docs/rules.md, "Lost answers". */
final class HistoryHeartbeats {

  private final Random random;
  private final Inventor invent;
  private final Memory memory;

  HistoryHeartbeats(Random random, Inventor invent, Memory memory) {
    this.random = random;
    this.invent = invent;
    this.memory = memory;
  }

  Call any(String worker) {
    return switch (random.nextInt(3)) {
      case 0 -> HistoryCalls.heartbeat(worker, Vocabulary.key(random), invent.heartbeat());
      case 1 -> HistoryCalls.heartbeat(worker, Vocabulary.key(random), invent.counting());
      default -> list(worker);
    };
  }

  private Call list(String worker) {
    return list(worker, worker);
  }

  /** Lists what a worker ran. */
  private Call list(String worker, String before) {
    return HistoryCalls.heartbeat(worker, Vocabulary.key(random), invent.listing(held(before)));
  }

  List<Call> register(String worker) {
    Call call = HistoryCalls.register(invent.registration(worker));
    return oneIn(random, 2) ? List.of(call) : List.of(call, list(worker));
  }

  /** Registers the machine of a worker again, under a new id. */
  List<Call> startAgain(String worker, String later) {
    Registration before = memory.registration(worker);
    if (before == null || worker.equals(later)) {
      return register(worker);
    }
    Registration after = invent.registration(later, before.registeredBy(), before.machineId());
    List<Call> calls = new ArrayList<>();
    calls.add(HistoryCalls.deregister(later, null));
    calls.add(HistoryCalls.register(after));
    if (oneIn(random, 2)) {
      calls.add(list(later, worker));
    } else {
      memory.held(worker).forEach(session -> calls.add(takeOver(session, worker, later)));
    }
    return calls;
  }

  private Call takeOver(String session, String worker, String later) {
    Holder holder = new Holder(later, null, 0, oneIn(random, 2) ? worker : null);
    return switch (random.nextInt(4)) {
      case 0 -> SessionCalls.touch(session, holder);
      case 1 -> SessionCalls.addActivity(session, holder, invent.activity("goes on"));
      case 2 -> SessionCalls.report(session, holder, invent.report(SessionState.COMPLETED));
      default -> SessionCalls.refresh(session, holder, invent.refresh(memory.messagesOf(session)));
    };
  }

  /** Two of one kind, since two in a row prove a lost answer. */
  List<Call> pair(String worker) {
    Call call =
        oneIn(random, 2) ? list(worker) : HistoryCalls.heartbeat(worker, null, invent.counting());
    return List.of(call, call);
  }

  /** Most of its own and some others, in any order. */
  private List<String> held(String worker) {
    List<String> held = new ArrayList<>(memory.held(worker));
    held.removeIf(session -> oneIn(random, 3));
    for (int more = random.nextInt(4); more > 0; more--) {
      String other = oneIn(random, 8) ? "unknown" : pick(random, Vocabulary.SESSIONS);
      if (!held.contains(other)) {
        held.add(other);
      }
    }
    Collections.shuffle(held, random);
    return held;
  }

  /** Learns the verdicts; returns some of the sessions that the worker goes on with. */
  List<String> held(String worker, HeartbeatResult result) {
    List<String> going = new ArrayList<>();
    new TreeMap<>(result.held())
        .forEach(
            (session, verdict) -> {
              if (verdict != Verdict.REAP) {
                memory.claimed(session, worker);
                if (verdict == Verdict.ADOPT || oneIn(random, 3)) {
                  going.add(session);
                }
              }
            });
    return going;
  }
}
