package dev.sluice.service.traces;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.events.EventLog;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.work.Place;
import dev.sluice.fleet.Rounds;
import dev.sluice.service.metrics.Meters;
import dev.sluice.service.metrics.Meters.Traced;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event logs of all orgs, and hands the spans of each run that has ended to the
 * collector. One of the live nodes does so: docs/decisions/2026-12-02-traces.md.
 */
public final class RunTraces implements Managed {

  private static final Logger LOG = LoggerFactory.getLogger(RunTraces.class);

  private static final long PAUSE_MS = 1_000;

  /** Each node is heard in each pause. */
  private static final long SILENT_MS = 2 * PAUSE_MS;

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration LONGEST_AT_STOP = Duration.ofSeconds(2);

  /** Events behind the latest one, beyond which no session is read. */
  private static final int MOST_BEHIND = 10_000;

  private static final int MOST_SPANS = 512;

  private final QueueBackend backend;
  private final Collector collector;
  private final double sampleRatio;
  private final Meters meters;
  private final Rounds rounds = new Rounds("sluice-traces", this::round, PAUSE_MS, PAUSE_MS);

  /** The number of the last event of each org that was looked at. */
  private final Map<String, Long> read = new HashMap<>();

  private Duration longest;
  private boolean begun;
  private boolean led;

  /** Until the end of the round. */
  private boolean away;

  /** As the log tells. */
  private boolean failing;

  RunTraces(
      QueueBackend backend,
      Collector collector,
      double sampleRatio,
      Meters meters,
      Duration longest) {
    this.longest = longest;
    this.backend = backend;
    this.collector = collector;
    this.sampleRatio = sampleRatio;
    this.meters = meters;
  }

  /** Returns none without an endpoint. */
  public static List<RunTraces> of(TraceBlock block, QueueBackend backend, Meters meters) {
    return block.isOn()
        ? List.of(
            new RunTraces(backend, new OtlpCollector(block), block.sampleRatio, meters, LONGEST))
        : List.of();
  }

  @Override
  public void start() {
    tryRound(); // what ends from now on is traced
    rounds.start();
  }

  /** Tells of the runs that have ended since the last round. */
  @Override
  public void stop() {
    rounds.stop();
    synchronized (this) {
      longest = LONGEST_AT_STOP;
      tryRound();
      collector.close();
    }
  }

  private void tryRound() {
    try {
      round();
    } catch (RuntimeException e) {
      LOG.debug("Runs aren't traced", e);
    }
  }

  synchronized void round() {
    StoreNodes nodes = backend.upkeep().nodes();
    boolean leads = nodes.leads();
    away = false;
    List<String> orgs = backend.upkeep().orgs();
    for (String org : orgs) {
      try {
        if (begun && (leads || led)) {
          read(org, read.getOrDefault(org, 0L));
        } else if (!begun || heardOfAll(nodes)) {
          read.put(org, backend.events().after(org, 0, 1).latest());
        }
      } catch (BackendUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.debug("The event log of org {} isn't read", org, e); // it is closed, or has just gone
      }
    }
    read.keySet().retainAll(orgs);
    begun = true;
    led = leads; // else the next one has begun at its start, and this one ends with what was before
  }

  /**
   * While another node is silent, it may be the one that leads and is gone, and this one will have
   * to go on where that one was heard last.
   */
  private static boolean heardOfAll(StoreNodes nodes) {
    long latest = nodes.nodes().stream().mapToLong(NodeInfo::lastSeenMs).max().orElse(0);
    return nodes.nodes().stream().allMatch(node -> latest - node.lastSeenMs() < SILENT_MS);
  }

  private void read(String org, long after) {
    long at = after;
    EventPage page;
    do {
      page = backend.events().after(org, at, EventLog.MAX_PAGE);
      if (EventPage.expired(at, page.oldest(), page.latest())) {
        LOG.warn("The event log of org {} has lost events before they were traced", org);
        at = page.latest();
      } else {
        List<LoggedEvent> ends = page.events().stream().filter(Run::ends).toList();
        if (page.latest() - at > MOST_BEHIND) {
          meters.traced(Traced.DROPPED, runs(ends));
        } else {
          trace(org, ends);
        }
        at += page.events().size();
      }
      read.put(org, at);
    } while (page.events().size() == EventLog.MAX_PAGE);
  }

  private void trace(String org, List<LoggedEvent> ends) {
    Map<String, List<LoggedEvent>> bySession =
        ends.stream()
            .filter(event -> event.sessionId() != null)
            .collect(
                Collectors.groupingBy(
                    event -> String.valueOf(event.sessionId()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Span> spans = new ArrayList<>();
    int runs = 0;
    for (Map.Entry<String, List<LoggedEvent>> each : bySession.entrySet()) {
      if (away) {
        meters.traced(Traced.DROPPED, runs(each.getValue()));
        continue;
      }
      List<Span> made = spans(org, each.getKey(), each.getValue());
      runs += made.isEmpty() ? 0 : runs(each.getValue());
      spans.addAll(made);
      if (spans.size() >= MOST_SPANS) {
        hand(spans, runs);
        spans.clear();
        runs = 0;
      }
    }
    if (!spans.isEmpty()) {
      hand(spans, runs);
    }
  }

  /** The step that makes a dead letter of a run writes two events. */
  private static int runs(List<LoggedEvent> ends) {
    return (int) ends.stream().map(end -> end.sessionId() + " " + end.atMs()).distinct().count();
  }

  /** After a failure the collector is left alone until the next round. */
  private void hand(List<Span> spans, int runs) {
    String problem = collector.take(List.copyOf(spans), longest);
    away = problem != null;
    meters.traced(away ? Traced.DROPPED : Traced.EXPORTED, runs);
    if (away != failing) {
      failing = away;
      LOG.warn("The collector {}", away ? "doesn't take traces: " + problem : "takes traces again");
    }
  }

  private List<Span> spans(String org, String sessionId, List<LoggedEvent> ends) {
    try {
      Session session = backend.sessions().find(org, sessionId);
      RunSpans spans = new RunSpans(org, session);
      if (!spans.sampled(sampleRatio)) {
        return List.of();
      }
      List<Run> runs = Run.of(backend.sessions().timeline(org, sessionId));
      List<Span> made = new ArrayList<>();
      for (Run run : runs) {
        if (ends.stream().anyMatch(run::endsWith)) {
          boolean last = run == runs.get(runs.size() - 1) && session.place() != Place.CLAIMED;
          made.addAll(
              spans.of(
                  run,
                  run.claim() == null
                      ? List.of()
                      : backend.inboxes().history(org, sessionId).acknowledged(),
                  last));
        }
      }
      return made;
    } catch (BackendUnavailableException e) {
      throw e; // the next round reads it
    } catch (RuntimeException e) {
      LOG.debug("A run of session {} isn't traced", sessionId, e); // its record is gone, or damaged
      meters.traced(Traced.DROPPED, runs(ends));
      return List.of();
    }
  }
}
