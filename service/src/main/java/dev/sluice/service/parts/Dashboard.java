package dev.sluice.service.parts;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.AdminPages;
import dev.sluice.admin.ServerFacts;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.control.Searches;
import dev.sluice.service.api.items.ItemMembers;
import dev.sluice.service.auth.http.PageSignIn;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.findings.Webhook;
import dev.sluice.service.resources.operator.SearchResource;
import org.glassfish.jersey.server.ResourceConfig;

/** The pages, the search, and the webhook of findings. */
public final class Dashboard {

  private Dashboard() {}

  public static void install(
      Node node, Access access, Dispatch dispatch, Upkeep upkeep, Api api, ResourceConfig jersey) {
    QueueBackend backend = node.backend();
    SluiceConfiguration settings = node.settings();
    Webhook.of(settings.findings().webhook(), backend, node.clock())
        .forEach(node.environment().lifecycle()::manage);
    Searches searches = new Searches();
    jersey.register(
        new SearchResource(
            AdminPages.install(
                node.environment(),
                jersey,
                new AdminDependencies(
                    backend,
                    dispatch.control,
                    access.keys,
                    dispatch.snapshots::refresh,
                    node.clock(),
                    settings.rules(),
                    new ServerFacts(
                        NodeInfo.RELEASE,
                        settings.backend().description(),
                        settings.edge().publicAddress(),
                        upkeep::lastSweepMs),
                    access.visitors,
                    new PageSignIn(access.logins, access.cookies),
                    node.monitoring().meters().rates(),
                    api.stops,
                    ItemMembers::unreadable,
                    settings.findings().settings(settings.rules().leaseMs()),
                    searches)),
            backend.sessions(),
            searches));
  }
}
