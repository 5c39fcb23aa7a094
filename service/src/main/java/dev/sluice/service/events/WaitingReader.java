package dev.sluice.service.events;

import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.service.api.answers.EventAnswers.EventList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A call for a list of events, which may wait for the first one without holding a thread. */
public final class WaitingReader extends EventReader {

  /** A call that finds little looks at no more events, and is answered. */
  private static final int MOST_LOOKED_AT = 10_000;

  private final int limit;
  private final Consumer<EventList> answer;
  private final Consumer<RuntimeException> failed;
  private final List<LoggedEvent> found = new ArrayList<>();
  private long end;
  private boolean done;

  /**
   * @param answer called once, on any thread
   * @param failed called instead if the store fails while the call waits
   */
  public WaitingReader(
      EventTails tails,
      String org,
      EventFilter filter,
      int limit,
      Consumer<EventList> answer,
      Consumer<RuntimeException> failed) {
    super(tails.log(), tails, org, filter);
    this.limit = limit;
    this.answer = answer;
    this.failed = failed;
  }

  /** Reads on the calling thread, and passes exceptions on. */
  public synchronized void begin(EventCursor cursor, Duration wait) {
    end = tails.now() + wait.toNanos();
    read(first(cursor, step(limit)), !wait.isZero() && !tails.isFull());
  }

  /** Reads on from a page; then answers, or waits. */
  private void read(EventPage first, boolean mayWait) {
    EventPage page = first;
    int lookedAt = page.events().size();
    boolean all = take(ToldEvent.all(page));
    while (all && at() < page.latest() && hasRoom() && lookedAt < MOST_LOOKED_AT) {
      page = next(step(limit - found.size()));
      all = !isExpired(page) && take(ToldEvent.all(page));
      lookedAt += page.events().size();
    }
    boolean waits = mayWait && found.isEmpty() && at() >= page.latest();
    if (!waits) {
      finish();
    } else if (tails.follow(this)) {
      tails.open(this);
    } else {
      read(next(step(limit)), true);
    }
  }

  @Override
  boolean hasRoom() {
    return found.size() < limit;
  }

  @Override
  void add(ToldEvent told) {
    found.add(told.event);
  }

  @Override
  synchronized void more(List<ToldEvent> events) {
    take(events);
    if (!found.isEmpty()) {
      finish();
    }
  }

  /** The caller's next call is told what it has missed. */
  @Override
  synchronized void lost() {
    finish();
  }

  @Override
  synchronized void failed(RuntimeException problem) {
    if (leaves()) {
      failed.accept(problem);
    }
  }

  @Override
  synchronized void beat(long now) {
    if (now - end >= 0) {
      finish();
    }
  }

  @Override
  synchronized void stop() {
    finish();
  }

  private void finish() {
    if (leaves()) {
      answer.accept(EventList.of(found, at()));
    }
  }

  private boolean leaves() {
    boolean first = !done;
    done = true;
    tails.close(this);
    return first;
  }
}
