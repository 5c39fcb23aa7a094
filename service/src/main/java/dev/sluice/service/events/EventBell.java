package dev.sluice.service.events;

import java.util.List;

/** Rings once when there are events behind a number. It takes none of them. */
public final class EventBell extends EventReader {

  private final Runnable ring;

  public EventBell(EventTails tails, String org, EventFilter filter, Runnable ring) {
    super(tails.log(), tails, org, filter);
    this.ring = ring;
  }

  /** Returns false if there are events already, or were just read for another reader. */
  public boolean await(long number) {
    startAt(number);
    return tails.follow(this);
  }

  public void silence() {
    tails.leave(this);
  }

  @Override
  boolean hasRoom() {
    return false;
  }

  @Override
  void add(ToldEvent told) {
    // it takes none
  }

  @Override
  void more(List<ToldEvent> events) {
    if (events.get(events.size() - 1).event.number() > at()) {
      silence();
      ring.run();
    }
  }

  @Override
  void lost() {
    ring.run();
  }

  @Override
  void failed(RuntimeException problem) {
    // the tail goes on
  }

  @Override
  void beat(long now) {
    // it isn't open
  }

  @Override
  void stop() {
    silence();
  }
}
