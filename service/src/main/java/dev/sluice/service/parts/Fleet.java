package dev.sluice.service.parts;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Searches;
import dev.sluice.fleet.Autoscaler;
import dev.sluice.fleet.FleetWatch;
import dev.sluice.fleet.QueueReader;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.findings.Webhook;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.operator.AutoscaleResource;
import dev.sluice.service.resources.operator.SearchResource;
import dev.sluice.service.resources.operator.WhyNoWorkResource;
import java.time.Clock;
import org.glassfish.jersey.server.ResourceConfig;

/** Searches, findings and their webhook, which look at whole fleets. */
public final class Fleet {

  final FleetWatch watch;
  final Searches searches = new Searches();
  final QueueReader queues;
  private final Autoscaler autoscaler;
  private final ProjectBounds bounds;
  private final Clock clock;
  private final QueueBackend backend;

  public Fleet(Node node, Dispatch dispatch, Api api) {
    backend = node.backend();
    SluiceConfiguration settings = node.settings();
    Webhook.of(settings.findings().webhook(), backend, node.clock())
        .forEach(node.environment().lifecycle()::manage);
    watch =
        FleetWatch.of(
            backend,
            dispatch.snapshots::refresh,
            api.stops,
            node.clock(),
            settings.rules(),
            settings.findings().settings(settings.rules().leaseMs()));
    queues = new QueueReader(backend, node.clock(), node.nanoTime()::getAsLong);
    bounds = api.bounds;
    clock = node.clock();
    autoscaler = new Autoscaler(backend, dispatch.snapshots::refresh, watch.fleets(), queues);
    watch.managed().forEach(node.environment().lifecycle()::manage);
  }

  public void register(ResourceConfig jersey) {
    jersey.register(new AutoscaleResource(autoscaler));
    jersey.register(new WhyNoWorkResource(backend.workers(), queues, bounds, clock));
    jersey.register(new SearchResource(watch::search, backend.sessions(), searches));
  }
}
