package dev.sluice.service.parts;

import dev.sluice.service.dispatch.SweepTimer;
import dev.sluice.service.health.Readiness;
import dev.sluice.service.health.StoreCheck;
import dev.sluice.service.http.edge.FrontCheck;
import dev.sluice.service.traces.RunTraces;
import java.time.Duration;

/** Sweeps, health, metrics and traces. */
public final class Upkeep {

  final FrontCheck front = new FrontCheck();
  final Readiness readiness;
  private volatile long lastSweepMs;

  public Upkeep(Node node, Access access, Dispatch dispatch, Duration sweepPause) {
    node.environment()
        .lifecycle()
        .manage(
            new SweepTimer(
                node.backend().upkeep(),
                access.secrets.atStart(),
                () -> {
                  access.keys.revokeExpired();
                  lastSweepMs = node.clock().millis();
                },
                sweepPause,
                front::problem));
    RunTraces.of(node.settings().traces(), node.backend(), node.monitoring().meters())
        .forEach(node.environment().lifecycle()::manage);
    StoreCheck store = new StoreCheck(node.backend().upkeep());
    node.environment().healthChecks().register("store", store);
    readiness = new Readiness(store, node.failStop(), front::problem, node.nanoTime());
    readiness.install(node.environment());
    HttpEdge.beforeStop(node.environment(), dispatch.polls::quiesce);
    node.monitoring()
        .show(
            node.backend(),
            dispatch.snapshots,
            node.settings().backend().nodes(),
            node.settings().dataDirectory(),
            node.environment());
  }

  /** Time of the last sweep, epoch ms; 0 before the first. */
  long lastSweepMs() {
    return lastSweepMs;
  }
}
