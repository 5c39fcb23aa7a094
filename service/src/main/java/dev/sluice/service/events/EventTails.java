package dev.sluice.service.events;

import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.dispatch.WaitThreads;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of event logs, each of which is read once for all readers on this node that have caught
 * up. Readers that are behind read the store themselves.
 */
public final class EventTails implements Managed, LifeCycle.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(EventTails.class);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int THREADS = 4;

  private final EventLog log;
  private final EventLabels labels;
  private final LongSupplier nanoTime;
  private final int most;
  private final @Nullable WaitThreads threads;
  private final Executor reads;
  private final Set<EventReader> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Tail> tails = new HashMap<>(); // guards itself and all tails
  private volatile boolean stopping;

  /** The end of a log, as far as it was read. */
  private static final class Tail {
    private final String org;
    private final Set<EventReader> readers = new HashSet<>();
    private long last;
    private boolean reading;

    Tail(String org, long last) {
      this.org = org;
      this.last = last;
    }
  }

  /** Calls that would be readers beyond {@code most} don't wait. */
  public EventTails(EventLog log, Sessions sessions, LongSupplier nanoTime, int most) {
    this(log, sessions, nanoTime, most, new WaitThreads("events", THREADS));
  }

  private EventTails(
      EventLog log, Sessions sessions, LongSupplier nanoTime, int most, WaitThreads threads) {
    this.log = log;
    this.labels = new EventLabels(sessions);
    this.nanoTime = nanoTime;
    this.most = most;
    this.threads = threads;
    this.reads = threads::look;
  }

  /** For tests, which call {@link #tick}. {@code reads} runs what reads the store. */
  EventTails(EventLog log, Sessions sessions, LongSupplier nanoTime, int most, Executor reads) {
    this.log = log;
    this.labels = new EventLabels(sessions);
    this.nanoTime = nanoTime;
    this.most = most;
    this.threads = null;
    this.reads = reads;
  }

  EventLog log() {
    return log;
  }

  /** May read the store, for labels. */
  public boolean passes(String org, EventFilter filter, LoggedEvent event) {
    return filter.passes(event) && labels.have(org, event, filter.labels());
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Runs what reads the store, on another thread than the one that tells readers the time. */
  void read(Runnable task) {
    reads.execute(task);
  }

  /** Readers that are open on this node. */
  public int readers() {
    return open.size();
  }

  boolean isFull() {
    return open.size() >= most;
  }

  /** Lets a reader hear the time and the stop until it is closed. */
  void open(EventReader reader) {
    open.add(reader);
    if (stopping) {
      reader.stop(); // the stop may have passed over it
    }
  }

  void close(EventReader reader) {
    open.remove(reader);
    leave(reader);
  }

  /**
   * Lets a reader that has caught up hear of later events. False if the tail is ahead of it, so
   * that it has to read again.
   */
  boolean follow(EventReader reader) {
    synchronized (tails) {
      Tail tail = tails.computeIfAbsent(reader.org, org -> new Tail(org, reader.at()));
      return tail.last <= reader.at() && tail.readers.add(reader);
    }
  }

  void leave(EventReader reader) {
    synchronized (tails) {
      Tail tail = tails.get(reader.org);
      if (tail != null) {
        tail.readers.remove(reader);
      }
    }
  }

  /** Reads each tail that has readers, and tells all readers the time. */
  void tick() {
    for (Tail tail : due()) {
      read(() -> read(tail));
    }
    long now = now();
    tell(open, reader -> reader.beat(now));
  }

  private List<Tail> due() {
    synchronized (tails) {
      tails.values().removeIf(tail -> tail.readers.isEmpty() && !tail.reading);
      List<Tail> due = tails.values().stream().filter(tail -> !tail.reading).toList();
      due.forEach(tail -> tail.reading = true);
      return due;
    }
  }

  /** One task at a time, so that its readers get events in order. */
  private void read(Tail tail) {
    try {
      boolean more = true;
      while (more) {
        EventPage page = log.after(tail.org, tail.last, EventLog.MAX_PAGE);
        if (EventPage.expired(tail.last, page.oldest(), page.latest())) {
          tell(takeReaders(tail, page.latest(), true), EventReader::lost);
        } else if (!page.events().isEmpty()) {
          List<ToldEvent> events = ToldEvent.all(page);
          long last = tail.last + events.size();
          tell(takeReaders(tail, last, false), reader -> reader.more(events));
        }
        more = page.events().size() == EventLog.MAX_PAGE;
      }
    } catch (RuntimeException e) {
      LOG.debug("the event log of {} can't be read", tail.org, e);
      tell(takeReaders(tail, tail.last, false), reader -> reader.failed(e));
    } finally {
      synchronized (tails) {
        tail.reading = false;
      }
    }
  }

  /** A reader that fails ends, and takes nothing from the others. */
  private void tell(Collection<EventReader> readers, Consumer<EventReader> news) {
    for (EventReader reader : readers) {
      try {
        news.accept(reader);
      } catch (RuntimeException e) {
        LOG.error("A reader of events ends", e);
        close(reader);
        reader.stop();
      }
    }
  }

  /** Moves a tail on. Returns its readers, which a lost one forgets. */
  private List<EventReader> takeReaders(Tail tail, long last, boolean lost) {
    synchronized (tails) {
      List<EventReader> readers = List.copyOf(tail.readers);
      tail.last = last;
      if (lost) {
        tail.readers.clear();
      }
      return readers;
    }
  }

  @Override
  public void start() {
    later();
  }

  private void later() {
    if (threads != null) {
      threads.later(
          () -> {
            try {
              tick();
            } finally {
              later();
            }
          },
          PAUSE);
    }
  }

  /** The server is about to stop and still sends answers. */
  @Override
  public void lifeCycleStopping(LifeCycle event) {
    stopping = true;
    tell(List.copyOf(open), EventReader::stop);
  }

  @Override
  public void stop() throws InterruptedException {
    stopping = true;
    if (threads != null) {
      threads.stop();
    }
  }
}
