package dev.sluice.service;

import dev.sluice.admin.install.AdminBundle;
import dev.sluice.backend.StoreTime;
import dev.sluice.service.config.ConfigurationReader;
import dev.sluice.service.config.FixedSettings;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.config.Variables;
import dev.sluice.service.emulator.EmulatorCommand;
import dev.sluice.service.http.Json;
import dev.sluice.service.parts.Access;
import dev.sluice.service.parts.Api;
import dev.sluice.service.parts.Dashboard;
import dev.sluice.service.parts.Dispatch;
import dev.sluice.service.parts.Fleet;
import dev.sluice.service.parts.Http;
import dev.sluice.service.parts.Node;
import dev.sluice.service.parts.Upkeep;
import dev.sluice.service.start.Ahead;
import dev.sluice.service.start.Commands;
import dev.sluice.service.start.JournalCommand;
import dev.sluice.service.start.QuietLibraries;
import dev.sluice.service.start.StartCommand;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.util.JarLocation;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.glassfish.jersey.server.ResourceConfig;
import sun.misc.Signal;

/** Wires Sluice together; start reading at {@link #run}. */
public class SluiceApplication extends Application<SluiceConfiguration> {

  public static void main(String[] args) throws Exception {
    // A stop that was asked for is a success: by itself the JVM would answer SIGTERM with 143.
    Signal.handle(new Signal("TERM"), signal -> System.exit(0));
    if (args.length > 0 && args[0].equals("bench")) {
      System.err.println(Commands.BENCH_MOVED);
      System.exit(2);
    }
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
    bootstrap.addCommand(new EmulatorCommand(EmulatorApplication::start));
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
    Node node = Node.open(configuration, environment, storeTime(), clock(), nanoTime());
    Access access = new Access(node);
    Dispatch dispatch = new Dispatch(node, access);
    Upkeep upkeep = new Upkeep(node, access, dispatch, sweepPause());
    Api api = new Api(node, access, dispatch);
    ResourceConfig jersey = Http.install(node, access, upkeep, api.direct());
    api.register(jersey);
    Fleet fleet = new Fleet(node, dispatch, api);
    fleet.register(jersey);
    if (configuration.edge().openDashboard()) {
      Dashboard.install(node, access, dispatch, upkeep, api, fleet, jersey);
    }
    opened(node);
  }

  /** Adds to the service that is wired. */
  protected void opened(Node node) {}

  /** The store's own time, unless it is replaced. */
  protected StoreTime storeTime() {
    return StoreTime.STORE;
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
