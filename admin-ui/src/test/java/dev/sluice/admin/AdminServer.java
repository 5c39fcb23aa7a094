package dev.sluice.admin;

import dev.sluice.admin.install.AdminBundle;
import dev.sluice.admin.install.AdminPages;
import dev.sluice.admin.live.EventStreams;
import dev.sluice.admin.live.StreamLimits;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import dev.sluice.control.FleetControl;
import dev.sluice.control.Searches;
import dev.sluice.fleet.FindingSettings;
import dev.sluice.fleet.FleetWatch;
import dev.sluice.fleet.NodeTotals;
import dev.sluice.fleet.QueueReader;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The pages over HTTP, on the engine in memory and a movable clock. */
public final class AdminServer implements AutoCloseable {

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  /** Small, so that tests need several steps. */
  private static final int BULK_STEP = 20;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** For the application, whose constructor takes nothing. */
  private static final ThreadLocal<AdminServer> STARTING = new ThreadLocal<>();

  public final MovableClock clock = new MovableClock();
  public final SwitchedBackend store =
      new SwitchedBackend(new MemoryBackend(Rules.DEFAULTS, clock));

  public final AtomicReference<NodeTotals.Totals> passed =
      new AtomicReference<>(NodeTotals.Totals.NONE);

  /** A test takes places among the searches that run. */
  public final Searches searches = new Searches();

  public final TestWebhooks webhooks = new TestWebhooks();

  private final TestVisitors visitors = new TestVisitors();
  private final StreamLimits limits;
  private final AtomicLong ticks = new AtomicLong();
  private volatile long step = Duration.ofSeconds(10).toNanos();
  private final FleetWatch watch = watch();
  private EventStreams streams;
  private final DropwizardTestSupport<Configuration> support;

  private AdminServer(StreamLimits limits, Duration grace) {
    this.limits = limits;
    support =
        new DropwizardTestSupport<>(
            Dashboard.class,
            (String) null,
            ConfigOverride.config("server.applicationConnectors[0].port", "0"),
            ConfigOverride.config("server.applicationConnectors[0].bindHost", "127.0.0.1"),
            // As the service does: ids may hold slashes, which stand encoded in a path.
            ConfigOverride.config("server.applicationConnectors[0].uriCompliance", "UNSAFE"),
            ConfigOverride.config("server.adminConnectors[0].port", "0"),
            ConfigOverride.config("server.adminConnectors[0].bindHost", "127.0.0.1"),
            ConfigOverride.config("server.shutdownGracePeriod", grace.toMillis() + "ms"),
            ConfigOverride.config("logging.level", "WARN"));
  }

  /** Cuts connections off when it stops. */
  public static AdminServer start() {
    return start(StreamLimits.DEFAULTS, Duration.ZERO);
  }

  /** Waits for its clients when it stops, like the service. */
  public static AdminServer start(StreamLimits limits) {
    return start(limits, Duration.ofSeconds(30));
  }

  private static AdminServer start(StreamLimits limits, Duration grace) {
    AdminServer server = new AdminServer(limits, grace);
    STARTING.set(server);
    try {
      server.support.before();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      STARTING.remove();
    }
    return server;
  }

  public PageAnswer get(String path, Visitor visitor) {
    return send(request(path, visitor).GET().build());
  }

  public PageAnswer post(String path, String form) {
    return send(
        request(path, null)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  public PageAnswer post(String path, String form, Visitor visitor) {
    return send(
        request(path, visitor)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  public HttpRequest.Builder request(String path, Visitor visitor) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    if (visitor != null) {
      request.header(TestVisitors.HEADER, TestVisitors.header(visitor));
    }
    return request;
  }

  public PageAnswer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new PageAnswer(response.statusCode(), response.headers(), response.body(), url());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + support.getLocalPort();
  }

  @Override
  public void close() {
    support.after();
  }

  /** Its timers are never started: tests tick. */
  private FleetWatch watch() {
    return FleetWatch.of(
        store.backend(),
        org -> store.backend().workers().list(org, null, Page.MAX).items(),
        new TestStops(store.backend()),
        clock.utc(),
        Rules.DEFAULTS,
        new FindingSettings(0, 0, 0, HOUR_MS, 1_000_000_000, 3, false),
        this::nextTick);
  }

  private AdminDependencies dependencies() {
    return new AdminDependencies(
        store.backend(),
        new FleetControl(
            store.backend(),
            clock.utc(),
            () -> "stp-" + UUID.randomUUID(),
            (org, worker) -> {},
            BULK_STEP),
        new TestKeys(store.backend()),
        clock.utc(),
        Rules.DEFAULTS,
        new ServerFacts("0.0.0-test", "the store in memory; keeps nothing", null, clock::now),
        visitors,
        new TestSignIn(),
        org -> passed.get(),
        new TestStops(store.backend()),
        webhooks,
        new TestItems(),
        watch.fleets(),
        new QueueReader(store.backend(), clock.utc(), this::nextTick),
        searches);
  }

  /** Stops the ticker, so that shared reads and snapshots stay fresh. */
  public void holdTime() {
    step = 0;
  }

  /** Moves the ticker; the sampler takes a snapshot if due. */
  public void pass(Duration time) {
    clock.jump(time); // first, else a sample of the timer in between is new but of before
    ticks.addAndGet(time.toNanos());
    watch.fleets().tick();
  }

  /** Has the store record what is seen. */
  public void record() {
    watch.findings().round();
  }

  public int openStreams() {
    return streams.open();
  }

  public void logOut(String name) {
    visitors.logOut(name);
  }

  /** Each snapshot is new unless time is held. */
  private long nextTick() {
    return ticks.addAndGet(step);
  }

  public static final class Dashboard extends Application<Configuration> {

    private final AdminServer server = STARTING.get();

    @Override
    public void initialize(Bootstrap<Configuration> bootstrap) {
      bootstrap.addBundle(new AdminBundle());
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
      environment.lifecycle().manage(server.watch.fleets());
      server.streams =
          AdminPages.install(
              environment,
              environment.jersey().getResourceConfig(),
              server.dependencies(),
              server::nextTick,
              server.limits);
    }
  }
}
