package dev.sluice.service;

import dev.sluice.admin.AdminBundle;
import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.AdminPages;
import dev.sluice.admin.ServerFacts;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.control.FleetControl;
import dev.sluice.control.Searches;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.items.BatchItems;
import dev.sluice.service.api.items.ItemMembers;
import dev.sluice.service.auth.Admission;
import dev.sluice.service.auth.CallerVerifier;
import dev.sluice.service.auth.FirstStart;
import dev.sluice.service.auth.KeyLookups;
import dev.sluice.service.auth.KeyUses;
import dev.sluice.service.auth.Operators;
import dev.sluice.service.auth.RuntimeTokens;
import dev.sluice.service.auth.StoredKeys;
import dev.sluice.service.auth.WorkerStandings;
import dev.sluice.service.auth.http.Authentication;
import dev.sluice.service.auth.http.CookieCallers;
import dev.sluice.service.auth.http.CredentialFilter;
import dev.sluice.service.auth.http.CurrentClient;
import dev.sluice.service.auth.http.KnownCallers;
import dev.sluice.service.auth.http.Logins;
import dev.sluice.service.auth.http.OpenCalls;
import dev.sluice.service.auth.http.PageSignIn;
import dev.sluice.service.auth.http.PageVisitors;
import dev.sluice.service.auth.http.SessionCookies;
import dev.sluice.service.auth.secrets.ClaimAttempts;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.cli.Commands;
import dev.sluice.service.control.StopReceipts;
import dev.sluice.service.direct.DirectCalls;
import dev.sluice.service.direct.Readers;
import dev.sluice.service.dispatch.FollowedWork;
import dev.sluice.service.dispatch.ParkedPolls;
import dev.sluice.service.dispatch.Poller;
import dev.sluice.service.dispatch.SweepTimer;
import dev.sluice.service.dispatch.WorkCredentials;
import dev.sluice.service.dispatch.WorkerSnapshots;
import dev.sluice.service.edge.FrontCheck;
import dev.sluice.service.errors.ErrorAnswers;
import dev.sluice.service.gitcredentials.GitCredentialSource;
import dev.sluice.service.gitcredentials.GitCredentialsEnvironment;
import dev.sluice.service.health.FailStop;
import dev.sluice.service.health.Readiness;
import dev.sluice.service.health.StoreCheck;
import dev.sluice.service.metrics.Monitoring;
import dev.sluice.service.openapi.OpenApiDocument;
import dev.sluice.service.resources.BoundCounts;
import dev.sluice.service.resources.Enqueuer;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.SessionContent;
import dev.sluice.service.resources.open.DocumentationResource;
import dev.sluice.service.resources.open.EmbedResource;
import dev.sluice.service.resources.open.HomeResource;
import dev.sluice.service.resources.open.LoginResource;
import dev.sluice.service.resources.operator.DeadResource;
import dev.sluice.service.resources.operator.DrainResource;
import dev.sluice.service.resources.operator.KeyResource;
import dev.sluice.service.resources.operator.OperatorResources;
import dev.sluice.service.resources.operator.RequeueResource;
import dev.sluice.service.resources.operator.SearchResource;
import dev.sluice.service.resources.operator.SessionListResource;
import dev.sluice.service.resources.operator.StopsResource;
import dev.sluice.service.resources.operator.TransferResource;
import dev.sluice.service.resources.operator.WorkerListResource;
import dev.sluice.service.resources.producer.BatchResource;
import dev.sluice.service.resources.producer.WorkOrderResource;
import dev.sluice.service.resources.producer.WorkResource;
import dev.sluice.service.resources.worker.ActivityResource;
import dev.sluice.service.resources.worker.DaemonResource;
import dev.sluice.service.resources.worker.Heartbeats;
import dev.sluice.service.resources.worker.InboxResource;
import dev.sluice.service.resources.worker.OwnershipResource;
import dev.sluice.service.resources.worker.PollResource;
import dev.sluice.service.resources.worker.QueuedSessionResource;
import dev.sluice.service.resources.worker.Registrar;
import dev.sluice.service.resources.worker.RegistrationResource;
import dev.sluice.service.resources.worker.SessionResource;
import dev.sluice.service.resources.worker.WorkerResource;
import dev.sluice.service.transfer.Closures;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.util.JarLocation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.glassfish.jersey.server.ResourceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** Wires Sluice together; start reading at {@link #run}. */
public class SluiceApplication extends Application<SluiceConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(SluiceApplication.class);
  private volatile long lastSweepMs;

  public static void main(String[] args) throws Exception {
    // A stop that was asked for is a success: by itself the JVM would answer SIGTERM with 143.
    Signal.handle(new Signal("TERM"), signal -> System.exit(0));
    if (args.length > 0 && args[0].equals("server")) {
      Ahead.start();
    }
    new SluiceApplication().run(args);
  }

  @Override
  public String getName() {
    return "sluice";
  }

  @Override
  public void initialize(Bootstrap<SluiceConfiguration> bootstrap) {
    QuietLibraries.install();
    bootstrap.setObjectMapper(Json.mapper());
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), Variables.ofProcess().substitutor()));
    bootstrap.setConfigurationFactoryFactory(ConfigurationReader::new);
    Commands.all().forEach(bootstrap::addCommand);
    bootstrap.addBundle(new AdminBundle());
  }

  @Override
  protected void addDefaultCommands(Bootstrap<SluiceConfiguration> bootstrap) {
    bootstrap.addCommand(new StartCommand(this));
    bootstrap.addCommand(new CheckCommand<>(this));
    bootstrap.addCommand(new JournalCommand(this));
  }

  /** As in the superclass, but without MBeans of metrics, which {@code /metrics} serves. */
  @Override
  public void run(String... arguments) {
    Bootstrap<SluiceConfiguration> bootstrap = new Bootstrap<>(this);
    addDefaultCommands(bootstrap);
    initialize(bootstrap);
    new Cli(new JarLocation(getClass()), bootstrap, System.out, System.err)
        .run(arguments)
        .ifPresent(this::onFatalError);
  }

  @Override
  protected void onFatalError(Throwable problem) {
    System.exit(problem instanceof ArgumentParserException ? 2 : 1);
  }

  @Override
  public void run(SluiceConfiguration configuration, Environment environment) {
    FailStop failStop = new FailStop(configuration.onFailure());
    failStop.watchMemory();
    Clock clock = clock();
    TimingSettings timing = configuration.timing();
    GitCredentialSource gitCredentials =
        configuration.gitCredentials().build(new GitCredentialsEnvironment(clock, System.getenv()));
    if (gitCredentials != GitCredentialSource.NONE) {
      LOG.info("Git credentials: {}", configuration.gitCredentials().description());
    }
    Monitoring monitoring = new Monitoring(clock, nanoTime());
    QueueBackend backend =
        monitoring.meter(
            configuration
                .backend()
                .build(
                    new BackendEnvironment(
                        configuration.rules(),
                        configuration.dataDirectory(),
                        StoreTime.STORE,
                        failStop::fail)));
    SecretSetup secrets = SecretSetup.of(configuration, backend.credentials());
    FirstStart firstStart = secrets.firstStart();
    SigningKeys signingKeys = secrets.signingKeys();
    TokenEnds tokenEnds = new TokenEnds(backend.credentials(), clock);
    RuntimeTokens tokens =
        new RuntimeTokens(
            signingKeys,
            clock,
            timing.runtimeToken.toJavaDuration(),
            FixedSettings.REFRESH_GRACE.toJavaDuration(),
            tokenEnds);
    WorkerStandings standings = new WorkerStandings(backend.workers(), clock);
    CurrentClient client = new CurrentClient();
    Admission admission =
        new Admission(
            configuration.rates().limits(),
            new Admission.Counters(
                monitoring.meters()::authenticationFailed, monitoring.meters()::rateLimited),
            client::address,
            nanoTime());
    KeyLookups lookups = new KeyLookups(backend.credentials(), admission::exhausted, nanoTime());
    KeyUses uses = new KeyUses(backend.credentials(), clock);
    CallerVerifier verifier =
        new CallerVerifier(lookups, uses, tokens, standings, secrets.secrets().legacyKeys());
    Operators operators = new Operators(configuration.operators(), firstStart::adminPasswords);
    SessionCookies cookies =
        new SessionCookies(
            signingKeys, operators, clock, timing.operatorSession.toJavaDuration(), tokenEnds);
    FleetControl control =
        new FleetControl(backend, clock, () -> "stp_" + Secrets.randomHex(12), standings::forget);
    StoredKeys keys = new StoredKeys(backend.audit(), backend.credentials(), verifier, clock);
    Poller poller =
        new Poller(
            backend.workers(),
            backend.sessions(),
            Secrets.randomHex(6),
            configuration.limits().itemsPerPoll);
    ParkedPolls polls = new ParkedPolls(poller, backend.hints(), FixedSettings.MAX_PARKED);
    FrontCheck front = new FrontCheck();
    WorkerSnapshots snapshots = new WorkerSnapshots(backend.workers(), nanoTime()::getAsLong);
    environment.lifecycle().manage(new AutoCloseableManager(backend));
    environment.lifecycle().manage(tokenEnds);
    FollowedWork followed =
        new FollowedWork(backend.work(), backend.hints(), FixedSettings.MAX_FOLLOWED);
    environment.lifecycle().manage(followed);
    environment.lifecycle().addEventListener(followed);
    monitoring.meters().showFollowedWork(followed::waiting);
    environment
        .lifecycle()
        .manage(
            new SweepTimer(
                backend.upkeep(),
                secrets.atStart(),
                () -> {
                  keys.revokeExpired();
                  lastSweepMs = clock.millis();
                },
                sweepPause(),
                front::problem));
    StoreCheck storeCheck = new StoreCheck(backend.upkeep());
    environment.healthChecks().register("store", storeCheck);
    Readiness readiness = new Readiness(storeCheck, failStop, front::problem, nanoTime());
    readiness.install(environment);
    monitoring.show(
        backend,
        snapshots,
        configuration.backend().nodes(),
        configuration.dataDirectory(),
        environment);
    monitoring.meters().showParkedPolls(polls::parked);
    PublicIds publicIds = new PublicIds(configuration.publicFamily().salt());
    ResourceConfig jersey = LeanJersey.install(environment);
    PageVisitors visitors = new PageVisitors(cookies);
    Authentication authentication =
        new Authentication(
            standings,
            new CredentialFilter.Checks(verifier, new CookieCallers(cookies), admission));
    Closures closures = new Closures(backend.transfers());
    ErrorAnswers errors = new ErrorAnswers(standings::mayKnow, closures::of);
    List<Object> workerCalls = new ArrayList<>();
    Readers readers = HttpEdge.readers(configuration, backend, gitCredentials);
    HttpEdge.install(
        configuration,
        environment,
        jersey,
        errors,
        new KnownCallers(verifier, cookies, client),
        front,
        readiness::isReady,
        readers,
        () ->
            new DirectCalls(
                workerCalls,
                authentication,
                errors,
                client,
                Json.quick().writer(),
                monitoring::answeredDirectly,
                readers));
    authentication.install(jersey);
    jersey.register(client);
    jersey.register(new OpenCalls(admission, visitors));
    Logins logins = new Logins(operators, cookies, clock, admission);
    jersey.register(new LoginResource(logins, cookies));
    Intervals intervals = configuration.intervals();
    Registrar registrar = new Registrar(backend.workers(), tokens, intervals, admission);
    workerCalls.add(new RegistrationResource(backend.workers(), registrar));
    Heartbeats heartbeats = new Heartbeats(backend.workers(), backend.credentials(), standings);
    jersey.register(
        new DaemonResource(backend.workers(), heartbeats, registrar, verifier, admission, clock));
    WorkCredentials credentials = new WorkCredentials(gitCredentials, backend.sessions());
    environment.lifecycle().manage(credentials);
    environment.lifecycle().manage(polls);
    HttpEdge.beforeStop(environment, polls::quiesce);
    environment
        .lifecycle()
        .addServerLifecycleListener(
            new FirstScreen(
                NodeInfo.RELEASE,
                configuration.backend().description(),
                configuration.edge().publicAddress(),
                configuration.edge().openDocs,
                firstStart::where));
    ClaimAttempts attempts = new ClaimAttempts(signingKeys);
    workerCalls.add(
        new PollResource(
            polls,
            backend.workers(),
            credentials,
            attempts,
            configuration.limits().itemsPerPoll,
            intervals.held()));
    ProjectBounds bounds = new ProjectBounds(backend.sessions(), backend.workers());
    SessionContent content = new SessionContent(backend.sessions(), standings, backend.audit());
    workerCalls.add(new WorkerResource(backend.workers(), heartbeats, control, bounds, clock));
    jersey.register(
        new WorkerListResource(backend.workers(), new BoundCounts(backend), snapshots, clock));
    jersey.register(new SessionListResource(backend.sessions(), clock));
    workerCalls.add(
        new SessionResource(
            backend.sessions(), bounds, content, attempts, configuration.limits().statuses()));
    workerCalls.add(new OwnershipResource(backend, standings));
    workerCalls.add(new ActivityResource(backend.sessions()));
    workerCalls.add(new InboxResource(backend.sessions(), backend.inboxes(), bounds));
    workerCalls.forEach(jersey::register);
    Enqueuer enqueuer = new Enqueuer(backend, clock, publicIds);
    jersey.register(
        new WorkResource(enqueuer, backend.sessions(), followed, snapshots, bounds, clock));
    jersey.register(new WorkOrderResource(backend.work(), bounds));
    jersey.register(new RequeueResource(backend.sessions(), bounds));
    jersey.register(new DeadResource(backend.sessions(), bounds));
    jersey.register(new DrainResource(backend.workers(), bounds, clock));
    OperatorResources.install(jersey, backend, control, clock);
    jersey.register(new KeyResource(keys, backend.credentials(), clock));
    jersey.register(
        new BatchResource(backend.batch(), new BatchItems(() -> "bat_" + Secrets.randomHex(12))));
    jersey.register(new TransferResource(backend, publicIds, signingKeys::ids, clock));
    StopReceipts stops = new StopReceipts(backend, monitoring.meters().lateReports()::of);
    jersey.register(new StopsResource(control, stops));
    jersey.register(
        new QueuedSessionResource(backend.sessions(), backend.workers(), backend.audit()));
    PublicFamily.install(jersey, backend, snapshots, enqueuer, content, publicIds, clock);
    jersey.register(
        new EmbedResource(
            backend.sessions(),
            content,
            configuration.publicFamily().embeds ? publicIds : null,
            admission));
    jersey.register(new HomeResource(configuration.edge().openDocs));
    if (configuration.edge().openDocs) {
      jersey.register(new DocumentationResource(() -> OpenApiDocument.load(NodeInfo.RELEASE)));
    }
    Searches searches = new Searches();
    jersey.register(
        new SearchResource(
            AdminPages.install(
                environment,
                jersey,
                new AdminDependencies(
                    backend,
                    control,
                    keys,
                    snapshots::refresh,
                    clock,
                    configuration.rules(),
                    new ServerFacts(
                        NodeInfo.RELEASE,
                        configuration.backend().description(),
                        configuration.edge().publicAddress(),
                        () -> lastSweepMs),
                    visitors,
                    new PageSignIn(logins, cookies),
                    monitoring.meters().rates(),
                    stops,
                    ItemMembers::unreadable,
                    FindingSetup.install(environment, jersey, configuration, backend, clock),
                    searches)),
            backend.sessions(),
            searches));
  }

  /** The time of everything but the store, which has its own. */
  protected Clock clock() {
    return Clock.systemUTC();
  }

  protected Duration sweepPause() {
    return FixedSettings.SWEEP.toJavaDuration();
  }

  /** For rates, ages and durations, as {@link System#nanoTime}. */
  protected LongSupplier nanoTime() {
    return System::nanoTime;
  }
}
