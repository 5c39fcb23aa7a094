package dev.sluice.service.metrics;

import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class FleetGauges {

  private final GaugeSnapshot.Builder items =
      gauge("sluice_queue_items", "Sessions by the place where they stand");
  private final GaugeSnapshot.Builder ages =
      gauge("sluice_queue_oldest_age_seconds", "Age of the oldest work in order, 0 for none");
  private final GaugeSnapshot.Builder paused =
      gauge("sluice_queue_paused", "Whether the queue of the project is paused");
  private final GaugeSnapshot.Builder capped =
      gauge("sluice_queue_capped", "Whether as many of its sessions are claimed as may be");
  private final GaugeSnapshot.Builder overBudget =
      gauge("sluice_queue_over_budget", "Whether the budget of the day is spent");
  private final GaugeSnapshot.Builder desired =
      gauge("sluice_autoscale_desired", "Slots that the project needs: claimed ones and unmet");
  private final GaugeSnapshot.Builder unmet =
      gauge("sluice_autoscale_unmet", "Slots more that would get work of the project now");
  private final GaugeSnapshot.Builder workers =
      gauge("sluice_workers", "Registered workers by state");
  private final GaugeSnapshot.Builder up =
      gauge("sluice_store_up", "Whether the store answers and is fit to serve");
  private final GaugeSnapshot.Builder complete =
      gauge("sluice_sample_complete", "Whether all projects were looked at");
  private final GaugeSnapshot.Builder warnings =
      gauge("sluice_store_warnings", "Warnings of the store's health");
  private final GaugeSnapshot.Builder nodes = gauge("sluice_nodes", "Nodes on the store that live");
  private final GaugeSnapshot.Builder expectedNodes =
      gauge("sluice_nodes_expected", "Nodes that the settings name");
  private final GaugeSnapshot.Builder stored =
      gauge("sluice_stored_bytes", "Bytes that count for limits.maxBytes");
  private final GaugeSnapshot.Builder most =
      gauge("sluice_stored_bytes_limit", "The limit of stored bytes");
  private final GaugeSnapshot.Builder exported =
      gauge("sluice_last_export_timestamp_seconds", "End of the last whole export");
  private final long nowMs;

  private FleetGauges(long nowMs) {
    this.nowMs = nowMs;
  }

  /**
   * @param store null while it is away
   */
  static MetricSnapshots of(
      FleetSample sample,
      boolean storeUp,
      @Nullable StoreSample store,
      int expectedNodes,
      long nowMs) {
    FleetGauges gauges = new FleetGauges(nowMs);
    gauges.addQueues(sample);
    sample
        .workers()
        .forEach(
            (org, states) ->
                states.forEach(
                    (state, count) ->
                        add(gauges.workers, count, Labels.of("org", org, "state", state.label()))));
    add(gauges.up, storeUp ? 1 : 0, Labels.EMPTY);
    if (store != null) {
      gauges.addStore(store);
    }
    if (expectedNodes > 0) {
      add(gauges.expectedNodes, expectedNodes, Labels.EMPTY);
    }
    add(gauges.complete, sample.complete() ? 1 : 0, Labels.EMPTY);
    return MetricSnapshots.of(
        gauges.items.build(),
        gauges.ages.build(),
        gauges.paused.build(),
        gauges.capped.build(),
        gauges.overBudget.build(),
        gauges.desired.build(),
        gauges.unmet.build(),
        gauges.workers.build(),
        gauges.up.build(),
        gauges.complete.build(),
        gauges.warnings.build(),
        gauges.nodes.build(),
        gauges.expectedNodes.build(),
        gauges.stored.build(),
        gauges.most.build(),
        gauges.exported.build());
  }

  private void addStore(StoreSample store) {
    add(warnings, store.warnings(), Labels.EMPTY);
    add(nodes, store.nodes(), Labels.EMPTY);
    store.storedBytes().forEach((org, bytes) -> add(stored, bytes, Labels.of("org", org)));
    if (store.maxBytes() > 0) {
      add(most, store.maxBytes(), Labels.EMPTY);
    }
    store.exportedMs().forEach((org, ms) -> add(exported, ms / 1000.0, Labels.of("org", org)));
  }

  private void addQueues(FleetSample sample) {
    Set<ProjectName> shown = new HashSet<>(sample.shown());
    Map<String, Rest> rests = new TreeMap<>();
    sample
        .queues()
        .forEach(
            (name, queue) -> {
              if (shown.contains(name)) {
                addQueue(name, queue, sample.unmet(name));
              } else {
                rests.merge(name.org(), Rest.of(queue, sample.unmet(name)), Rest::and);
              }
            });
    rests.forEach(
        (org, rest) ->
            addWork(
                new ProjectName(org, ProjectName.OTHER),
                rest.counts(),
                rest.oldestMs(),
                rest.unmet()));
  }

  private void addQueue(ProjectName name, ProjectQueue queue, long unmetSlots) {
    addWork(name, queue.counts(), queue.oldestQueuedAtMs(), unmetSlots);
    add(paused, queue.pause() == null ? 0 : 1, labels(name));
    add(capped, queue.capped() ? 1 : 0, labels(name));
    add(overBudget, queue.overBudget() ? 1 : 0, labels(name));
  }

  private void addWork(ProjectName name, Counts counts, long oldestMs, long unmetSlots) {
    add(desired, counts.claimed() + unmetSlots, labels(name));
    add(unmet, unmetSlots, labels(name));
    addItems(name, "ready", counts.ready());
    addItems(name, "parked", counts.parked());
    addItems(name, "later", counts.later());
    addItems(name, "returned", counts.returned());
    addItems(name, "claimed", counts.claimed());
    addItems(name, "dead", counts.dead());
    add(ages, oldestMs == 0 ? 0 : Math.max(0, nowMs - oldestMs) / 1000.0, labels(name));
  }

  private void addItems(ProjectName name, String place, long count) {
    add(items, count, labels(name).add("place", place));
  }

  private static Labels labels(ProjectName name) {
    return Labels.of("org", name.org(), "project", name.project());
  }

  private static void add(GaugeSnapshot.Builder gauge, double value, Labels labels) {
    gauge.dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(labels).build());
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private record Rest(Counts counts, long oldestMs, long unmet) {

    static Rest of(ProjectQueue queue, long unmet) {
      return new Rest(queue.counts(), queue.oldestQueuedAtMs(), unmet);
    }

    Rest and(Rest other) {
      Counts a = counts;
      Counts b = other.counts;
      Counts sum =
          new Counts(
              a.ready() + b.ready(),
              a.parked() + b.parked(),
              a.later() + b.later(),
              a.returned() + b.returned(),
              a.claimed() + b.claimed(),
              a.dead() + b.dead());
      boolean one = oldestMs == 0 || other.oldestMs == 0;
      return new Rest(
          sum,
          one ? oldestMs + other.oldestMs : Math.min(oldestMs, other.oldestMs),
          unmet + other.unmet);
    }
  }
}
