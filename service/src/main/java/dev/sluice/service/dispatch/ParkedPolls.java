package dev.sluice.service.dispatch;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.service.errors.Refusals;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls that wait for work or messages without holding threads: docs/decisions, parked polls. A
 * waiter that finds work wakes two more; one that finds nothing wakes another, within the limits of
 * {@link Wake}; neither does so if no work is left.
 */
public final class ParkedPolls implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedPolls.class);

  private final Poller poller;
  private final Hints hints;
  private final int most;

  private final WaitThreads threads = new WaitThreads("poll", 16);
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger parked = new AtomicInteger();
  private Hints.@Nullable Subscription subscription;
  private volatile boolean stopping;

  /** Polls beyond {@code most} are answered at once. */
  public ParkedPolls(Poller poller, Hints hints, int most) {
    this.poller = poller;
    this.hints = hints;
    this.most = most;
  }

  @Override
  public void start() {
    subscription = hints.subscribe(this::heard);
  }

  public int parked() {
    return parked.get();
  }

  /**
   * An empty answer is delayed until something arrives, the time is over, the same worker polls
   * again, it is gone, may take work no longer, or may again, or this node stops. An exception of
   * the first poll is thrown instead.
   */
  public void poll(PollCall call, PollReply reply) {
    Waiter waiter = new Waiter(numbers.incrementAndGet(), call, reply);
    if (stopping) {
      reply.answer(Polled.NOTHING, true);
    } else if (call.patience().none() || !admit()) {
      Polled polled = poller.poll(call);
      overtake(waiter);
      reply.answer(polled, true);
    } else {
      park(waiter);
    }
  }

  private boolean admit() {
    boolean room = parked.incrementAndGet() <= most;
    if (!room) {
      parked.decrementAndGet();
    }
    return room;
  }

  private void park(Waiter waiter) {
    Room room = rooms.computeIfAbsent(waiter.call.worker().org(), org -> new Room());
    room.enter(waiter);
    try {
      Polled polled = poller.poll(waiter.call);
      overtake(waiter); // not before the store knew this one's worker
      Duration longest = waiter.call.patience().of(polled.result().dialect());
      if (longest.isZero()) {
        answer(room, waiter, polled, room.leave(waiter, polled.result().more()), true);
        return;
      }
      waiter.end = threads.later(() -> end(room, waiter), longest);
      found(room, waiter, polled, true);
    } catch (RuntimeException e) {
      left(room, waiter, room.leave(waiter, true));
      throw e;
    }
    if (stopping) { // it may have come after the others were ended
      end(room, waiter);
    }
  }

  private void look(Room room, Waiter waiter) {
    try {
      if (waiter.reply.gone()) {
        answer(room, waiter, waiter.last, room.leave(waiter, true), false);
      } else {
        found(room, waiter, again(waiter), false);
      }
    } catch (RuntimeException e) {
      left(room, waiter, room.leave(waiter, true));
      waiter.reply.fail(e);
    }
  }

  /** Returns null if the worker is gone, which its next poll tells it. */
  private @Nullable Polled again(Waiter waiter) {
    try {
      return poller.poll(waiter.call.atMost(waiter.slots));
    } catch (RuntimeException problem) {
      if (Refusals.kind(problem) == Refusal.UNKNOWN_WORKER) {
        return null;
      }
      throw problem;
    }
  }

  private void found(Room room, Waiter waiter, @Nullable Polled polled, boolean here) {
    Polled found = polled;
    while (found != null && found.empty()) {
      waiter.last = found;
      Look look = Look.of(waiter.call, found.result());
      Room.Rest rest = room.rest(waiter, look);
      if (waiter.settles && waiter.earlierEnd == null) {
        waiter.earlierEnd = threads.later(() -> end(room, waiter), waiter.call.patience().settle());
      }
      switch (rest.next()) {
        case SLEEP -> {
          rest.wakes().forEach(wake -> handOn(room, wake.afterMiss(look.profile(), waiter.number)));
          return;
        }
        case END -> {
          answer(room, waiter, found, rest.wakes(), here);
          return;
        }
        case LOOK_AGAIN -> found = again(waiter);
      }
    }
    if (found == null) {
      answer(room, waiter, waiter.last, room.leave(waiter, true), here);
    } else {
      answer(room, waiter, found, room.leave(waiter, found.result().more()), here);
    }
  }

  /** Passes its wakes on, twice if it found something. */
  private void answer(Room room, Waiter waiter, Polled polled, List<Wake> wakes, boolean here) {
    PollResult result = polled.result();
    if (result.work().isEmpty() && result.batch().isEmpty()) {
      left(room, waiter, wakes);
    } else {
      left(
          room,
          waiter,
          wakes.stream().map(Wake::afterSuccess).flatMap(more -> Stream.of(more, more)).toList());
    }
    waiter.reply.answer(polled, here);
  }

  private void left(Room room, Waiter waiter, List<Wake> wakes) {
    parked.decrementAndGet();
    cancel(waiter.end);
    cancel(waiter.earlierEnd);
    wakes.forEach(wake -> handOn(room, wake));
  }

  private static void cancel(@Nullable Future<?> end) {
    if (end != null) {
      end.cancel(false);
    }
  }

  private void handOn(Room room, Wake wake) {
    Waiter next = room.wake(wake);
    if (next != null) {
      threads.look(() -> look(room, next));
    }
  }

  private void heard(Hint hint) {
    Room room = rooms.get(hint.org());
    if (room == null) {
      return;
    }
    switch (hint.kind()) {
      case WORK, BATCH -> handOn(room, Wake.of(hint));
      case MESSAGE, SLOT ->
          room.wakeWorker(hint.name()).forEach(woken -> threads.look(() -> look(room, woken)));
      default -> {} // of others
    }
  }

  private void overtake(Waiter newer) {
    Room room = rooms.get(newer.call.worker().org());
    if (room != null) {
      room.older(newer).forEach(older -> end(room, older));
    }
  }

  /** A poll that is just polling ends by itself. */
  private void end(Room room, Waiter waiter) {
    if (room.end(waiter)) {
      answer(room, waiter, waiter.last, List.of(), false);
    }
  }

  /**
   * Returns claims and messages of an answer that was not written; if the store is unreachable,
   * claims wait for their accept deadline.
   */
  public void unwritten(WorkerRef worker, Polled polled) {
    threads.look(
        () -> {
          try {
            poller.unwritten(worker, polled);
          } catch (RuntimeException e) {
            LOG.warn(
                "Claims of {} wait for their accept deadline: {}", worker.workerId(), e.toString());
          }
        });
  }

  public void quiesce() {
    stopping = true;
    rooms.values().forEach(room -> room.all().forEach(waiter -> end(room, waiter)));
  }

  @Override
  public void stop() throws InterruptedException {
    quiesce();
    if (subscription != null) {
      subscription.close();
    }
    threads.stop();
  }
}
