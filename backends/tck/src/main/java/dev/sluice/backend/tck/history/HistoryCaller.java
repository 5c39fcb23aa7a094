package dev.sluice.backend.tck.history;

import static dev.sluice.backend.tck.history.Vocabulary.oneIn;
import static dev.sluice.backend.tck.history.Vocabulary.pick;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.RefreshRequest;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.backend.tck.history.Vocabulary.Choice;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.workers.HeartbeatResult;
import dev.sluice.backend.workers.PollResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * A caller: mostly a worker, now and then a producer, operator or reader. Its replies get lost, its
 * calls are repeated, and it crashes.
 */
final class HistoryCaller {

  /** Calls skipped after a crash. */
  private static final int SILENT_CALLS = 30;

  private final Random random;
  private final Inventor invent;
  private final MovableClock clock;
  private final Memory memory;

  /** Calls that any caller may repeat. */
  private final Queue<Call> echoes;

  private final int number;
  private final String worker;
  private final Choice<Call> work = new Choice<>();
  private final Choice<Call> others = new Choice<>();
  private final HistoryHeartbeats heartbeats;
  private final Deque<Call> plan = new ArrayDeque<>();
  private String request = "r";
  private int requests;
  private int silent;

  HistoryCaller(long seed, int number, MovableClock clock, Memory memory, Queue<Call> echoes) {
    random = new Random(seed * 1_000 + number);
    invent = new Inventor(random, seed * 1_000 + number);
    this.clock = clock;
    this.memory = memory;
    this.echoes = echoes;
    this.number = number;
    worker = Vocabulary.WORKERS.get(number % Vocabulary.WORKERS.size());
    heartbeats = new HistoryHeartbeats(random, invent, memory);
    workerCalls();
    producerCalls();
    new HistoryOperator(random, invent, clock, number, worker).addTo(others);
  }

  private void workerCalls() {
    work.add(28, this::poll)
        .add(8, () -> heartbeats.any(worker()))
        .add(5, () -> first(heartbeats.register(worker())))
        .add(1, () -> first(heartbeats.startAgain(worker, other())))
        .add(1, () -> HistoryCalls.deregister(worker(), Vocabulary.key(random)))
        .add(
            9,
            () ->
                SessionCalls.claim(
                    pick(random, Vocabulary.SESSIONS), worker(), Vocabulary.key(random)))
        .add(12, () -> report(mine()))
        .add(4, () -> ofMine(session -> SessionCalls.touch(session, holder(session))))
        .add(12, () -> ofMine(session -> refresh(session, holder(session))))
        .add(5, () -> ofMine(this::activity))
        .add(
            9,
            () -> ofMine(session -> SessionCalls.nack(session, holder(session), oneIn(random, 12))))
        .add(6, this::ack)
        .add(4, this::giveBack)
        .add(6, () -> ofMine(this::transfer));
  }

  private void producerCalls() {
    others
        .add(32, this::enqueue)
        .add(14, this::messages)
        .add(3, this::rerun)
        .add(4, () -> ofAny(SessionCalls::stop))
        .add(1, () -> ofAny(session -> SessionCalls.stop(session, places())))
        .add(4, () -> ofAny(SessionCalls::requeue))
        .add(2, () -> ofAny(session -> SessionCalls.requeue(session, places())))
        .add(4, () -> ofAny(session -> HistoryCalls.reprioritise(session, 1 + random.nextInt(3))))
        .add(4, () -> ofAny(HistoryCalls::front))
        .add(6, () -> HistoryCalls.addJobs(List.of(invent.job())))
        .add(3, this::ack);
  }

  Call next() {
    if (silent > 0) {
      silent--;
      return others.pick(random);
    }
    if (oneIn(random, 90)) {
      plan.clear();
      silent = SILENT_CALLS;
    }
    Call planned = oneIn(random, 4) ? null : plan.poll();
    if (planned != null) {
      return planned;
    }
    Call echo = oneIn(random, 12) ? echoes.poll() : null;
    if (echo != null) {
      return echo;
    }
    return random.nextInt(100) < 56 ? work.pick(random) : others.pick(random);
  }

  /** Checks what its worker held and may have lost. */
  void resume() {
    if (silent > 0) {
      return;
    }
    switch (random.nextInt(6)) {
      case 0, 1 -> heartbeats.pair(worker).forEach(plan::addFirst);
      case 2 -> plan.addFirst(first(heartbeats.startAgain(worker, other())));
      case 3, 4 -> {
        plan.addFirst(poll());
        memory.held(worker).forEach(session -> plan.addFirst(sign(session)));
      }
      default -> {}
    }
  }

  private Call sign(String session) {
    Holder holder = holder(session);
    return switch (random.nextInt(5)) {
      case 0 -> SessionCalls.touch(session, holder);
      case 1 -> refresh(session, holder);
      case 2 -> transfer(session);
      default -> report(session);
    };
  }

  /** A lost answer is replaced by that of the repeated call. */
  void heard(Call call, HistoryAnswer answer) {
    if (oneIn(random, 14)) {
      plan.addFirst(call);
      return;
    }
    if (oneIn(random, 20)) {
      echoes.add(call);
    }
    memory.learn(answer);
    if (answer.value() instanceof HistoryAnswer.Refused refused) {
      refused(call, refused.refusal());
    }
    if (answer.value() instanceof List<?> items
        && !items.isEmpty()
        && items.get(0) instanceof Enqueued enqueued
        && enqueued.state().terminal()
        && oneIn(random, 2)) {
      plan.add(SessionCalls.requeue(enqueued.sessionId()));
    }
    if (answer.value() instanceof PollResult result) {
      if (oneIn(random, 10)) {
        unwritten(result);
      } else {
        result.work().forEach(item -> planned(item.sessionId(), item.token()));
      }
      result
          .messages()
          .forEach(
              message -> {
                if (!oneIn(random, 3)) {
                  injected(message);
                }
              });
    }
    if (answer.value() instanceof LockState lock && lock.inject() != null) {
      injected(lock.inject());
    }
    if (answer.value() instanceof HeartbeatResult result && call.subject() != null) {
      for (String session : heartbeats.held(call.subject(), result)) {
        plan.add(sign(session));
      }
    }
    Function<Cursor, Call> nextPage = call.nextPage();
    if (answer.value() instanceof Page<?> page && page.next() != null && nextPage != null) {
      plan.add(nextPage.apply(page.next()));
    }
  }

  /** Acknowledges by the next refresh, by the inbox, or never; or gives up. */
  private void injected(Message message) {
    Holder holder = holder(message.sessionId());
    if (oneIn(random, 3)) {
      plan.add(SessionCalls.ack(message.sessionId(), message.id(), message.lane(), holder));
    } else if (!oneIn(random, 4)) {
      RefreshRequest request = invent.refreshAfter(message.id());
      plan.add(SessionCalls.refresh(message.sessionId(), holder, request));
    }
  }

  private Call first(List<Call> calls) {
    for (int i = calls.size() - 1; i > 0; i--) {
      plan.addFirst(calls.get(i));
    }
    return calls.get(0);
  }

  private void refused(Call call, Refusal refusal) {
    if (refusal == Refusal.UNKNOWN_WORKER && oneIn(random, 2)) {
      heartbeats.register(worker).forEach(plan::addLast);
    } else if (refusal == Refusal.UNKNOWN_SESSION && call.subject() != null) {
      memory.missing(call.subject());
    }
  }

  /** Loses an answer; gives its claims back, now or later. */
  private void unwritten(PollResult result) {
    Map<String, Long> tokens = new HashMap<>();
    result.work().forEach(item -> tokens.put(item.sessionId(), item.token()));
    Call call = SessionCalls.giveBack(worker, tokens);
    if (oneIn(random, 2)) {
      plan.addFirst(call);
    } else {
      result.work().forEach(item -> planned(item.sessionId(), item.token()));
      plan.add(call);
    }
  }

  /** Names sessions claimed by any worker. */
  private Call giveBack() {
    Map<String, Long> tokens = new HashMap<>();
    for (int more = random.nextInt(3); more >= 0; more--) {
      String session = mine();
      tokens.put(session, memory.token(random, session));
    }
    return SessionCalls.giveBack(worker(), tokens);
  }

  private void planned(String session, long token) {
    memory.claimed(session, worker);
    Holder holder = new Holder(worker, null, oneIn(random, 2) ? token : 0);
    switch (random.nextInt(9)) {
      case 0 -> plan.add(SessionCalls.nack(session, holder, false));
      case 1 -> plan.add(SessionCalls.touch(session, holder));
      case 2, 3 -> {} // never accepted
      case 4 -> plan.add(refresh(session, holder));
      default -> {
        plan.add(SessionCalls.report(session, holder, invent.report(SessionState.RUNNING)));
        if (oneIn(random, 3)) {
          plan.add(SessionCalls.addActivity(session, holder, invent.activity("of " + token)));
        }
        if (oneIn(random, 3)) {
          plan.add(SessionCalls.send(session, invent.message(session)));
          plan.add(poll());
        }
        if (oneIn(random, 3)) {
          plan.add(SessionCalls.report(session, holder, invent.report(SessionState.FINALIZING)));
        }
        if (!oneIn(random, 4)) {
          plan.add(SessionCalls.report(session, holder, invent.report(invent.ending())));
        }
      }
    }
  }

  private Call poll() {
    if (!oneIn(random, 5)) {
      request = "r-" + number + "-" + ++requests;
    }
    int max = oneIn(random, 10) ? 0 : 1 + random.nextInt(5);
    return HistoryCalls.poll(worker(), Vocabulary.key(random), request, max, oneIn(random, 2));
  }

  private Call refresh(String session, Holder holder) {
    return SessionCalls.refresh(session, holder, invent.refresh(memory.messagesOf(session)));
  }

  /** Mostly under an id not known to be stored. */
  private Call enqueue() {
    String session = pick(random, Vocabulary.SESSIONS);
    for (int i = 0; i < 6 && memory.stored(session); i++) {
      session = pick(random, Vocabulary.SESSIONS);
    }
    return HistoryCalls.enqueue(List.of(invent.work(session, clock.now())));
  }

  private Call report(String session) {
    return SessionCalls.report(
        session, holder(session), invent.report(pick(random, Vocabulary.REPORTABLE)));
  }

  private Call activity(String session) {
    Holder holder = holder(session);
    for (int more = random.nextInt(4); more > 0; more--) {
      plan.add(SessionCalls.addActivity(session, holder, invent.activity("and " + more)));
    }
    return SessionCalls.addActivity(session, holder, invent.activity("first"));
  }

  private Call ack() {
    Memory.Known known = memory.message(random);
    if (known == null) {
      return SessionCalls.ack(mine(), "0-0", Lane.URGENT, null);
    }
    String session = oneIn(random, 12) ? pick(random, Vocabulary.SESSIONS) : known.sessionId();
    Lane lane = oneIn(random, 12) ? pick(random, List.of(Lane.values())) : known.lane();
    Holder holder = oneIn(random, 3) ? null : holder(session);
    return SessionCalls.ack(session, known.messageId(), lane, holder);
  }

  private Call transfer(String session) {
    String old = memory.owner(session);
    return SessionCalls.transfer(
        session,
        old == null || oneIn(random, 8) ? worker() : old,
        other(),
        Vocabulary.key(random),
        !oneIn(random, 4));
  }

  private Call messages() {
    String session = mine();
    for (int more = random.nextInt(4); more > 0; more--) {
      plan.add(SessionCalls.send(session, invent.message(session)));
    }
    return SessionCalls.send(session, invent.message(session));
  }

  private Call rerun() {
    String session = mine();
    Holder holder = holder(session);
    if (oneIn(random, 2)) {
      plan.add(refresh(session, holder));
    }
    if (oneIn(random, 2)) {
      plan.add(refresh(session, holder));
    } else {
      plan.add(SessionCalls.report(session, holder, invent.report(SessionState.FINALIZING)));
    }
    plan.add(SessionCalls.requeue(session));
    if (oneIn(random, 2)) {
      plan.add(SessionCalls.claim(session, holder.workerId(), null));
      plan.add(SessionCalls.stop(session));
      plan.add(refresh(session, new Holder(holder.workerId(), null, 0)));
    }
    return SessionCalls.stop(session);
  }

  private Set<Place> places() {
    return pick(
        random,
        List.of(Set.of(Place.DEAD), Set.of(Place.CLAIMED, Place.DEAD), Set.of(Place.READY)));
  }

  private Call ofMine(Function<String, Call> call) {
    return call.apply(mine());
  }

  private Call ofAny(Function<String, Call> call) {
    return call.apply(pick(random, Vocabulary.SESSIONS));
  }

  private String mine() {
    List<String> held = memory.held(worker);
    return held.isEmpty() || oneIn(random, 6)
        ? pick(random, Vocabulary.SESSIONS)
        : pick(random, held);
  }

  private String worker() {
    return oneIn(random, 6) ? other() : worker;
  }

  private String other() {
    return pick(random, Vocabulary.WORKERS);
  }

  /** Mostly its last known owner, with or without its token. */
  private Holder holder(String session) {
    String owner = memory.owner(session);
    String who = owner != null && !oneIn(random, 6) ? owner : worker();
    return new Holder(
        who,
        Vocabulary.key(random),
        oneIn(random, 2) ? 0 : memory.token(random, session),
        oneIn(random, 12) ? other() : null);
  }
}
