package dev.sluice.service.dispatch;

import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.backend.workers.WorkerRef;
import dev.sluice.backend.workers.Workers;
import io.dropwizard.lifecycle.Managed;
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
 * Polls that wait for something to come, and hold no thread meanwhile.
 *
 * <p>A poll first takes its place among those that wait, then looks, then sleeps. So what comes
 * after its look finds it: nothing falls between the look and the sleep. A hint wakes one poll, the
 * first that came of those it suits. One that finds work wakes two more, for there may be more of
 * it; one that finds nothing wakes another in its place, within the bounds of {@link Wake}; neither
 * does where its look says that no work is left. A hint may get lost all the same; then the work is
 * found by the worker's next poll. That is why nobody looks once more when the time of a poll is
 * over: its worker will, at once.
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

  /**
   * @param most so many may wait at a time; beyond, a poll is answered at once
   */
  public ParkedPolls(Poller poller, Hints hints, int most) {
    this.poller = poller;
    this.hints = hints;
    this.most = most;
  }

  @Override
  public void start() {
    subscription = hints.subscribe(this::heard);
  }

  /** How many polls wait, those that look included. */
  public int parked() {
    return parked.get();
  }

  /**
   * Polls, see {@link Workers#poll}. Where nothing is there, the answer may come later: as soon as
   * something is, at the end of its time, when another poll of its worker comes, or when this node
   * stops.
   *
   * @throws RuntimeException of the first look, instead of an answer
   */
  public void poll(PollCall call, PollReply reply) {
    Waiter waiter = new Waiter(numbers.incrementAndGet(), call, reply);
    if (stopping) {
      reply.answer(Polled.NOTHING);
    } else if (call.patience().isZero() || !admit()) {
      Polled polled = poller.poll(call);
      overtake(waiter);
      reply.answer(polled);
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
      waiter.end = threads.later(() -> end(room, waiter), waiter.call.patience());
      found(room, waiter, polled);
    } catch (RuntimeException e) {
      left(room, waiter, room.leave(waiter, true));
      throw e;
    }
    if (stopping) { // it may have come after the others were ended
      end(room, waiter);
    }
  }

  /** A poll that was woken looks. */
  private void look(Room room, Waiter waiter) {
    try {
      if (waiter.reply.gone()) {
        answer(room, waiter, waiter.last, room.leave(waiter, true));
      } else {
        found(room, waiter, poller.poll(waiter.call));
      }
    } catch (RuntimeException e) {
      left(room, waiter, room.leave(waiter, true));
      waiter.reply.fail(e);
    }
  }

  /** Answers what a look has found; where that is nothing, looks until it may sleep. */
  private void found(Room room, Waiter waiter, Polled polled) {
    Polled found = polled;
    while (found.empty()) {
      waiter.last = found;
      Look look = Look.of(waiter.call, found.result());
      Room.Rest rest = room.rest(waiter, look);
      switch (rest.next()) {
        case SLEEP -> {
          rest.wakes().forEach(wake -> handOn(room, wake.afterMiss(look.profile(), waiter.number)));
          return;
        }
        case END -> {
          answer(room, waiter, found, rest.wakes());
          return;
        }
        case LOOK_AGAIN -> found = poller.poll(waiter.call);
      }
    }
    answer(room, waiter, found, room.leave(waiter, found.result().more()));
  }

  /** A poll has left its room: what woke it goes on, twice where it found something. */
  private void answer(Room room, Waiter waiter, Polled polled, List<Wake> wakes) {
    PollResult result = polled.result();
    if (result.work().isEmpty() && result.batch().isEmpty()) {
      left(room, waiter, wakes);
    } else {
      left(
          room,
          waiter,
          wakes.stream().map(Wake::afterSuccess).flatMap(more -> Stream.of(more, more)).toList());
    }
    waiter.reply.answer(polled);
  }

  private void left(Room room, Waiter waiter, List<Wake> wakes) {
    parked.decrementAndGet();
    Future<?> end = waiter.end;
    if (end != null) {
      end.cancel(false);
    }
    wakes.forEach(wake -> handOn(room, wake));
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

  /** Ends what polls the worker has here from before. */
  private void overtake(Waiter newer) {
    Room room = rooms.get(newer.call.worker().org());
    if (room != null) {
      room.older(newer).forEach(older -> end(room, older));
    }
  }

  /** The time of a poll is over. One that looks ends by itself. */
  private void end(Room room, Waiter waiter) {
    if (room.end(waiter)) {
      answer(room, waiter, waiter.last, List.of());
    }
  }

  /**
   * An answer couldn't be written: what it brought is given back, or told again. Where the store
   * can't be reached, claims wait for their accept deadline.
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

  /** From now on nothing is handed out, and what waits is answered. */
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
