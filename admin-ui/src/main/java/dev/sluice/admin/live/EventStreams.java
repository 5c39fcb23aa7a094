package dev.sluice.admin.live;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.admin.Visitor;
import dev.sluice.fleet.Reading;
import dev.sluice.fleet.SnapshotSampler;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * The event streams of this node. They follow the sampler and read nothing themselves. A tab gets
 * an event when its mark changes, and each 5 s.
 */
public final class EventStreams implements LifeCycle.Listener {

  private final SnapshotSampler fleets;
  private final Clock clock;
  private final Ticker ticker;
  private final StreamLimits limits;
  private final Map<String, Set<EventStream>> byOrg = new ConcurrentHashMap<>();

  private final Map<String, Integer> byVisitor = new HashMap<>();

  private int open;
  private volatile boolean stopping;

  public EventStreams(SnapshotSampler fleets, Clock clock, Ticker ticker, StreamLimits limits) {
    this.fleets = fleets;
    this.clock = clock;
    this.ticker = ticker;
    this.limits = limits;
    fleets.listen(this::seen);
  }

  /** Reserves a stream; false at the limit. */
  synchronized boolean admit(Visitor visitor) {
    int own = byVisitor.getOrDefault(visitor.actor(), 0);
    if (stopping || open >= limits.node() || own >= limits.visitor()) {
      return false;
    }
    open++;
    byVisitor.put(visitor.actor(), own + 1);
    return true;
  }

  public synchronized int open() {
    return open;
  }

  FleetEvent now(Visitor visitor) {
    return FleetEvent.of(fleets.of(visitor.org()), clock.millis());
  }

  /**
   * Starts a reserved stream.
   *
   * @throws IOException if the connection is gone; releases the reservation
   */
  void begin(Visitor visitor, AsyncContext context, BooleanSupplier known) throws IOException {
    FleetEvent first = now(visitor);
    long now = ticker.read();
    EventStream stream =
        new EventStream(visitor, context, known, now, now + life(), first, this::ended);
    byOrg.compute(
        visitor.org(),
        (org, all) -> {
          Set<EventStream> those = all == null ? ConcurrentHashMap.newKeySet() : all;
          those.add(stream);
          return those;
        });
    stream.begin();
    if (stopping) {
      stream.end(); // the stop may have passed over it
    }
  }

  /** Random, so that tabs don't reconnect at once. */
  private long life() {
    long most = limits.life().toNanos();
    return most - ThreadLocalRandom.current().nextLong(most / 5);
  }

  private void ended(EventStream stream) {
    byOrg.computeIfPresent(
        stream.visitor().org(),
        (org, all) -> {
          all.remove(stream);
          return all.isEmpty() ? null : all;
        });
    leave(stream.visitor());
  }

  synchronized void leave(Visitor visitor) {
    open--;
    byVisitor.computeIfPresent(visitor.actor(), (actor, own) -> own > 1 ? own - 1 : null);
  }

  private void seen(String org, Reading reading) {
    Set<EventStream> all = byOrg.get(org);
    if (all != null) {
      fleets.keep(org);
      FleetEvent event = FleetEvent.of(reading, clock.millis());
      long now = ticker.read();
      all.forEach(stream -> stream.seen(event, now));
    }
  }

  /** The server waits for open requests before it stops. */
  @Override
  public void lifeCycleStopping(LifeCycle server) {
    stopping = true;
    List.copyOf(byOrg.values()).forEach(all -> all.forEach(EventStream::end));
  }
}
