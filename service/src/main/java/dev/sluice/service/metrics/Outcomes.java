package dev.sluice.service.metrics;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.sessions.AckResult;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.store.SweepResult;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.service.metrics.Meters.Requeue;
import dev.sluice.service.metrics.Meters.Swept;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what the calls of a store have done. */
public final class Outcomes {

  private final Meters meters;
  private final HandOuts handOuts;
  private final Clock clock;

  Outcomes(Meters meters, HandOuts handOuts, Clock clock) {
    this.meters = meters;
    this.handOuts = handOuts;
    this.clock = clock;
  }

  public void enqueued(String org, List<Enqueued> results) {
    results.forEach(result -> refused(result.refusal()));
    meters.throughput.enqueued(org, results.stream().filter(Outcomes::taken).count());
  }

  private static boolean taken(Enqueued result) {
    return result.refusal() == null && !result.duplicate() && !result.replayed();
  }

  public void added(List<BatchAdded> results) {
    results.forEach(result -> refused(result.refusal()));
  }

  private void refused(@Nullable Refusal refusal) {
    if (refusal != null) {
      meters.refused(refusal);
    }
  }

  public void polled(PollRequest request, PollResult result) {
    for (ClaimedWork work : result.work()) {
      handOuts.count(request.worker().org(), work.project());
      long waitedMs = work.claimedAtMs() - work.queuedAtMs();
      meters.waitSeconds.observe(seconds(waitedMs));
      meters.throughput.handedOut(request.worker().org(), waitedMs);
    }
  }

  /**
   * @param session of a call of its owner; null if the answer doesn't show it
   */
  public void heard(String org, @Nullable Session session) {
    if (session != null) {
      meters.lateReports.look(org, session);
    }
  }

  public void reported(String org, StatusReport report, StatusResult result) {
    heard(org, result.session());
    if (result.transition() != SessionState.Transition.ADVANCE || result.replay()) {
      return;
    }
    if (report.target() == SessionState.FAILED) {
      meters.failed(report.failure());
    }
    SessionState state = result.session().state();
    if (state == SessionState.RUNNING && !result.reattached()) {
      long tookMs = result.session().startedAtMs() - result.session().claimedAtMs();
      meters.acceptSeconds.observe(seconds(tookMs));
    } else if (state == SessionState.COMPLETED) {
      meters.throughput.completed(org);
    }
  }

  public void requeued(Requeue reason, int count) {
    add(meters.requeues, reason, count);
  }

  public void sent(SendResult sent) {
    if (!sent.replayed()) {
      add(meters.messagesSent, sent.message().lane(), 1);
    }
  }

  public void acknowledged(String messageId, Lane lane, AckResult result) {
    if (result.known()) {
      add(meters.messagesAcknowledged, lane, 1);
      meters
          .messageSeconds
          .labelValues(Meters.label(lane))
          .observe(seconds(clock.millis() - sentAtMs(messageId)));
    }
  }

  /** A message id begins with its time. */
  private static long sentAtMs(String messageId) {
    return Long.parseLong(messageId.substring(0, messageId.indexOf('-')));
  }

  public void swept(SweepResult result) {
    requeued(Requeue.LEASE, result.leasesLost());
    requeued(Requeue.ACCEPT, result.acceptsMissed());
    add(meters.sweeps, Swept.LEASE, result.leasesLost());
    add(meters.sweeps, Swept.ACCEPT, result.acceptsMissed());
    add(meters.sweeps, Swept.RELEASED, result.released());
    add(meters.sweeps, Swept.DUE, result.due());
    add(meters.sweeps, Swept.PRUNED, result.pruned());
  }

  private static void add(Counter counter, Enum<?> label, int count) {
    if (count > 0) {
      counter.labelValues(Meters.label(label)).inc(count);
    }
  }

  /** Negative ages count as zero: times may lie in the future and clocks differ. */
  private static double seconds(long ms) {
    return Math.max(0, ms) / 1000.0;
  }
}
