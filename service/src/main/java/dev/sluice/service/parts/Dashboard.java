package dev.sluice.service.parts;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.ServerFacts;
import dev.sluice.admin.install.AdminPages;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.service.api.items.StoredItems;
import dev.sluice.service.auth.http.PageSignIn;
import dev.sluice.service.config.SluiceConfiguration;
import org.glassfish.jersey.server.ResourceConfig;

/** The pages. Everything else works without them. */
public final class Dashboard {

  private Dashboard() {}

  public static void install(
      Node node,
      Access access,
      Dispatch dispatch,
      Upkeep upkeep,
      Api api,
      Fleet fleet,
      ResourceConfig jersey) {
    SluiceConfiguration settings = node.settings();
    AdminPages.install(
        node.environment(),
        jersey,
        new AdminDependencies(
            node.backend(),
            dispatch.control,
            access.keys,
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
            api.webhooks,
            new StoredItems(),
            fleet.watch.fleets(),
            fleet.queues,
            fleet.searches));
  }
}
