package dev.sluice.admin.install;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.activity.ActivityPage;
import dev.sluice.admin.acts.ActHandler;
import dev.sluice.admin.charts.ChartsPage;
import dev.sluice.admin.charts.FleetHistory;
import dev.sluice.admin.charts.StoredHistory;
import dev.sluice.admin.hosts.HostPage;
import dev.sluice.admin.hosts.HostsPage;
import dev.sluice.admin.inbox.InboxPage;
import dev.sluice.admin.keys.JoinedPage;
import dev.sluice.admin.keys.KeysPage;
import dev.sluice.admin.live.EventStreams;
import dev.sluice.admin.live.EventsServlet;
import dev.sluice.admin.live.StreamLimits;
import dev.sluice.admin.overview.OverviewPage;
import dev.sluice.admin.queues.QueuePage;
import dev.sluice.admin.queues.QueuesPage;
import dev.sluice.admin.sessions.SessionDetailsPage;
import dev.sluice.admin.spend.SpendPage;
import dev.sluice.admin.stops.StopPage;
import dev.sluice.admin.system.HelpPage;
import dev.sluice.admin.system.LoginPage;
import dev.sluice.admin.system.LogoutPage;
import dev.sluice.admin.system.SystemPage;
import dev.sluice.admin.system.ThemePage;
import dev.sluice.admin.system.UnknownPage;
import dev.sluice.admin.web.Assets;
import dev.sluice.admin.web.PageCompression;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.webhooks.WebhookPage;
import dev.sluice.admin.webhooks.WebhooksPage;
import dev.sluice.admin.work.OldAddresses;
import dev.sluice.admin.work.WorkPage;
import dev.sluice.admin.workers.WorkerPage;
import dev.sluice.admin.workers.WorkersPage;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.fleet.SnapshotSampler;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.core.Configurable;

public final class AdminPages {

  private AdminPages() {}

  /**
   * Installs the pages; {@link AdminBundle} must be registered.
   *
   * @param jersey gets the pages
   */
  public static void install(
      Environment environment, Configurable<?> jersey, AdminDependencies given) {
    install(environment, jersey, given, Ticker.systemTicker(), StreamLimits.DEFAULTS);
  }

  /**
   * Installs the pages on the time of a ticker.
   *
   * @return the streams of live pages
   */
  public static EventStreams install(
      Environment environment,
      Configurable<?> jersey,
      AdminDependencies given,
      Ticker ticker,
      StreamLimits limits) {
    SnapshotSampler fleets = given.fleets();
    FleetHistory history = new FleetHistory(given.rates());
    fleets.listen((org, reading) -> history.add(reading));
    pages(environment, jersey, given, new Shell(given, fleets, ticker), history, ticker);
    EventStreams streams = new EventStreams(fleets, given.clock(), ticker, limits);
    environment.lifecycle().addEventListener(streams);
    environment
        .servlets()
        .addServlet("dashboard-events", new EventsServlet(given.visitors(), streams))
        .addMapping(EventsServlet.PATH);
    return streams;
  }

  private static void pages(
      Environment environment,
      Configurable<?> jersey,
      AdminDependencies given,
      Shell shell,
      FleetHistory history,
      Ticker ticker) {
    QueueBackend backend = given.backend();
    jersey.register(PageCompression.class);
    jersey.register(new OverviewPage(shell, backend, history));
    StoredHistory stored = new StoredHistory(backend.figures(), ticker);
    jersey.register(new ChartsPage(shell, history, stored, backend, ticker));
    jersey.register(new SpendPage(shell, backend.sessions(), stored));
    jersey.register(new QueuesPage(shell, backend.queues(), history));
    jersey.register(new QueuePage(shell, backend));
    jersey.register(new HostsPage(shell));
    jersey.register(new HostPage(shell));
    jersey.register(new WorkersPage(shell, backend.workers()));
    jersey.register(new WorkerPage(shell, backend, given.queues()));
    jersey.register(new WorkPage(shell, backend, given.searches()));
    jersey.register(new OldAddresses.Sessions());
    jersey.register(new OldAddresses.DeadLetters());
    jersey.register(new SessionDetailsPage(shell, backend, given.items()));
    jersey.register(new InboxPage(shell, backend.inboxes(), backend.sessions()));
    jersey.register(new ActivityPage(shell, backend.audit(), backend.sessions()));
    jersey.register(new KeysPage(shell, backend.credentials()));
    jersey.register(new JoinedPage(shell, backend.credentials()));
    jersey.register(new WebhooksPage(shell, given.webhooks()));
    jersey.register(new WebhookPage(shell, given.webhooks()));
    jersey.register(new SystemPage(shell, backend.upkeep(), given.server(), given.rules()));
    jersey.register(new StopPage(shell, given.stops(), backend.sessions()));
    jersey.register(new ActPage(new ActHandler(given, shell), given));
    jersey.register(new HelpPage(shell));
    jersey.register(new LoginPage(given.signIn()));
    jersey.register(new LogoutPage(given.signIn()));
    jersey.register(new ThemePage(given.visitors()));
    jersey.register(new UnknownPage());
    environment
        .servlets()
        .addServlet("dashboard-assets", new Assets())
        .addMapping(Assets.PATH + "/*");
  }
}
