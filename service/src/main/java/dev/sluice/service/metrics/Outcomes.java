package dev.sluice.service.metrics;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.SweepResult;
import dev.sluice.backend.inbox.AckResult;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.LockState;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.Enqueued;
import dev.sluice.backend.workers.ClaimedWork;
import dev.sluice.backend.workers.PollRequest;
import dev.sluice.backend.workers.PollResult;
import dev.sluice.service.metrics.Meters.Requeue;
import dev.sluice.service.metrics.Meters.Swept;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class Outcomes {

  @FunctionalInterface
  interface Look {
    Look NONE = (arguments, answer) -> {};

    void at(Object[] arguments, @Nullable Object answer);
  }

  private final Meters meters;
  private final HandOuts handOuts;
  private final Clock clock;
  private final Map<String, Look> looks =
      Map.ofEntries(
          Map.entry("work.enqueue", this::enqueued),
          Map.entry("batch.add", (arguments, answer) -> refusedItems(answer)),
          Map.entry("workers.poll", this::polled),
          Map.entry(
              "workers.deregister", (arguments, answer) -> left(Requeue.DEREGISTERED, answer)),
          Map.entry("sessions.report", this::reported),
          Map.entry("sessions.touch", this::heard),
          Map.entry("sessions.refresh", this::heard),
          Map.entry("sessions.addActivity", this::heard),
          Map.entry("sessions.nack", (arguments, answer) -> left(Requeue.NACK, answer)),
          Map.entry("sessions.giveBack", (arguments, answer) -> left(Requeue.UNWRITTEN, answer)),
          Map.entry("sessions.requeue", (arguments, answer) -> requeued(Requeue.BY_HAND, 1)),
          Map.entry("inboxes.send", (arguments, answer) -> sent(answer)),
          Map.entry("inboxes.ack", this::acknowledged),
          Map.entry("upkeep.sweep", (arguments, answer) -> swept(answer)),
          Map.entry("upkeep.sweepStep", (arguments, answer) -> swept(answer)));

  Outcomes(Meters meters, HandOuts handOuts, Clock clock) {
    this.meters = meters;
    this.handOuts = handOuts;
    this.clock = clock;
  }

  Look of(String operation) {
    return looks.getOrDefault(operation, Look.NONE);
  }

  void refused(Refusal kind) {
    add(meters.refusals, kind, 1);
  }

  private void enqueued(Object[] arguments, @Nullable Object answer) {
    refusedItems(answer);
    if (arguments[0] instanceof String org && answer instanceof List<?> results) {
      long taken = results.stream().filter(Outcomes::taken).count();
      meters.throughput.enqueued(org, taken);
    }
  }

  private static boolean taken(Object result) {
    return result instanceof Enqueued enqueued
        && enqueued.refusal() == null
        && !enqueued.duplicate()
        && !enqueued.replayed();
  }

  private void refusedItems(@Nullable Object answer) {
    if (answer instanceof List<?> results) {
      for (Object result : results) {
        Refusal refusal =
            result instanceof Enqueued enqueued
                ? enqueued.refusal()
                : result instanceof BatchAdded added ? added.refusal() : null;
        if (refusal != null) {
          refused(refusal);
        }
      }
    }
  }

  private void polled(Object[] arguments, @Nullable Object answer) {
    if (arguments[0] instanceof PollRequest request && answer instanceof PollResult result) {
      for (ClaimedWork work : result.work()) {
        handOuts.count(request.worker().org(), work.project());
        long waitedMs = work.claimedAtMs() - work.queuedAtMs();
        meters.waitSeconds.observe(seconds(waitedMs));
        meters.throughput.handedOut(request.worker().org(), waitedMs);
      }
    }
  }

  private void heard(Object[] arguments, @Nullable Object answer) {
    Session session =
        answer instanceof StatusResult result
            ? result.session()
            : answer instanceof LockState lock
                ? lock.session()
                : answer instanceof ActivityResult told
                    ? told.session()
                    : answer instanceof Session touched ? touched : null;
    if (session != null && arguments[0] instanceof String org) {
      meters.lateReports.look(org, session);
    }
  }

  private void reported(Object[] arguments, @Nullable Object answer) {
    heard(arguments, answer);
    if (!(answer instanceof StatusResult result)
        || result.transition() != SessionState.Transition.ADVANCE
        || result.replay()) {
      return;
    }
    SessionState state = result.session().state();
    if (state == SessionState.RUNNING && !result.reattached()) {
      long tookMs = result.session().startedAtMs() - result.session().claimedAtMs();
      meters.acceptSeconds.observe(seconds(tookMs));
    } else if (state == SessionState.COMPLETED && arguments[0] instanceof String org) {
      meters.throughput.completed(org);
    }
  }

  /** A number of sessions, a list, or a flag. */
  private void left(Requeue reason, @Nullable Object answer) {
    if (answer instanceof Collection<?> sessions) {
      requeued(reason, sessions.size());
    } else if (Boolean.TRUE.equals(answer)) {
      requeued(reason, 1);
    }
  }

  private void requeued(Requeue reason, int count) {
    add(meters.requeues, reason, count);
  }

  private void sent(@Nullable Object answer) {
    if (answer instanceof SendResult sent && !sent.replayed()) {
      add(meters.messagesSent, sent.message().lane(), 1);
    }
  }

  private void acknowledged(Object[] arguments, @Nullable Object answer) {
    if (answer instanceof AckResult result
        && result.known()
        && arguments[2] instanceof String id
        && arguments[3] instanceof Lane lane) {
      add(meters.messagesAcknowledged, lane, 1);
      meters
          .messageSeconds
          .labelValues(Meters.label(lane))
          .observe(seconds(clock.millis() - sentAtMs(id)));
    }
  }

  /** A message id begins with its time. */
  private static long sentAtMs(String messageId) {
    return Long.parseLong(messageId.substring(0, messageId.indexOf('-')));
  }

  private void swept(@Nullable Object answer) {
    if (answer instanceof SweepResult result) {
      requeued(Requeue.LEASE, result.leasesLost());
      requeued(Requeue.ACCEPT, result.acceptsMissed());
      add(meters.sweeps, Swept.LEASE, result.leasesLost());
      add(meters.sweeps, Swept.ACCEPT, result.acceptsMissed());
      add(meters.sweeps, Swept.RELEASED, result.released());
      add(meters.sweeps, Swept.DUE, result.due());
      add(meters.sweeps, Swept.PRUNED, result.pruned());
    }
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
