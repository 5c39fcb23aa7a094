package dev.sluice.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.admin.acts.Desk;
import dev.sluice.admin.fleet.FleetSnapshots;
import dev.sluice.admin.fleet.History;
import dev.sluice.admin.live.EventStreams;
import dev.sluice.admin.live.EventsServlet;
import dev.sluice.admin.live.StreamLimits;
import dev.sluice.admin.pages.ActResource;
import dev.sluice.admin.pages.ActivityResource;
import dev.sluice.admin.pages.ChartsResource;
import dev.sluice.admin.pages.DeadResource;
import dev.sluice.admin.pages.HelpResource;
import dev.sluice.admin.pages.InboxResource;
import dev.sluice.admin.pages.KeysResource;
import dev.sluice.admin.pages.LoginResource;
import dev.sluice.admin.pages.LogoutResource;
import dev.sluice.admin.pages.OverviewResource;
import dev.sluice.admin.pages.QueueResource;
import dev.sluice.admin.pages.QueuesResource;
import dev.sluice.admin.pages.SessionResource;
import dev.sluice.admin.pages.SessionsResource;
import dev.sluice.admin.pages.StopResource;
import dev.sluice.admin.pages.SystemResource;
import dev.sluice.admin.pages.ThemeResource;
import dev.sluice.admin.pages.UnknownPage;
import dev.sluice.admin.pages.WorkerResource;
import dev.sluice.admin.pages.WorkersResource;
import dev.sluice.admin.web.Assets;
import dev.sluice.admin.web.Shell;
import dev.sluice.backend.QueueBackend;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.Managed;

/** The pages of the dashboard. */
public final class AdminPages {

  private AdminPages() {}

  /** Serves them on the application's connector; {@link AdminBundle} must be among its bundles. */
  public static void install(Environment environment, AdminDependencies given) {
    Live live = install(environment, given, Ticker.systemTicker(), StreamLimits.DEFAULTS);
    environment.lifecycle().manage(new Beat(live.fleets));
  }

  /** Lets the sampler look by itself. */
  private record Beat(FleetSnapshots fleets) implements Managed {
    @Override
    public void start() {
      fleets.startTicking();
    }
  }

  /** What goes on without requests. */
  record Live(FleetSnapshots fleets, EventStreams streams) {}

  /** The same without the beat of the sampler: whoever installs them so ticks by hand. */
  static Live install(
      Environment environment, AdminDependencies given, Ticker ticker, StreamLimits limits) {
    FleetSnapshots fleets =
        new FleetSnapshots(given.backend(), given.workers(), given.stops(), given.clock(), ticker);
    environment.lifecycle().manage(fleets);
    History history = new History(given.rates());
    fleets.listen((org, reading) -> history.add(reading));
    pages(environment, given, new Shell(given, fleets, ticker), history);
    EventStreams streams = new EventStreams(fleets, given.clock(), ticker, limits);
    environment.lifecycle().addEventListener(streams);
    environment
        .servlets()
        .addServlet("dashboard-events", new EventsServlet(given.visitors(), streams))
        .addMapping(EventsServlet.PATH);
    return new Live(fleets, streams);
  }

  private static void pages(
      Environment environment, AdminDependencies given, Shell shell, History history) {
    QueueBackend backend = given.backend();
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new OverviewResource(shell, backend.audit(), history));
    jersey.register(new ChartsResource(shell, history));
    jersey.register(new QueuesResource(shell, backend.queues(), history));
    jersey.register(new QueueResource(shell, backend));
    jersey.register(new WorkersResource(shell, backend.workers()));
    jersey.register(new WorkerResource(shell, backend));
    jersey.register(new SessionsResource(shell, backend.sessions()));
    jersey.register(new SessionResource(shell, backend));
    jersey.register(new InboxResource(shell, backend.inboxes()));
    jersey.register(new DeadResource(shell, backend));
    jersey.register(new ActivityResource(shell, backend.audit()));
    jersey.register(new KeysResource(shell, backend.credentials()));
    jersey.register(new SystemResource(shell, backend.upkeep(), given.server(), given.rules()));
    jersey.register(new StopResource(shell, given.stops()));
    jersey.register(new ActResource(new Desk(given, shell), given));
    jersey.register(new HelpResource(shell));
    jersey.register(new LoginResource(given.signIn()));
    jersey.register(new LogoutResource(given.signIn()));
    jersey.register(new ThemeResource(given.visitors()));
    jersey.register(new UnknownPage());
    environment
        .servlets()
        .addServlet("dashboard-assets", new Assets())
        .addMapping(Assets.PATH + "/*");
  }
}
