package dev.sluice.service;

import dev.sluice.backend.StoreTime;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.config.SluiceConfiguration;
import dev.sluice.service.emulator.EmulatedTime;
import dev.sluice.service.emulator.EmulatorHandler;
import dev.sluice.service.emulator.Passing;
import dev.sluice.service.parts.Node;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.setup.Bootstrap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.commons.text.StringSubstitutor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * The service for tests of clients: in memory, with the same keys at each start, a clock that tests
 * move, and faults on demand (docs/clients.md).
 */
final class EmulatorApplication extends SluiceApplication {

  private static final String API_KEY = "rsk_live_emulator_api_key";
  private static final String REGISTRATION_TOKEN = "rsk_live_emulator_registration_token";
  private static final String ADMIN_PASSWORD = "emulator-admin";

  private final EmulatedTime time = new EmulatedTime();
  private final String host;
  private final int port;

  private EmulatorApplication(String host, int port) {
    this.host = host;
    this.port = port;
  }

  static void start(String host, int port) {
    new EmulatorApplication(host, port).run("server", "dev/sluice/service/emulator/emulator.yml");
  }

  @Override
  public void initialize(Bootstrap<SluiceConfiguration> bootstrap) {
    super.initialize(bootstrap);
    Map<String, String> values =
        Map.of(
            "host", host,
            "port", String.valueOf(port),
            "directory", directory().toString(),
            "apiKey", API_KEY,
            "registrationToken", REGISTRATION_TOKEN,
            "adminPassword", ADMIN_PASSWORD,
            "jwtSecret", Secrets.randomHex(32));
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            new ResourceConfigurationSourceProvider(), new StringSubstitutor(values)));
  }

  /** It is never made: the store is in memory, and the keys are configured. */
  private static Path directory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "sluice-emulator");
  }

  @Override
  protected void opened(Node node) {
    Passing passing =
        new Passing(
            time,
            Duration.ofMillis(node.settings().rules().leaseMs()),
            () -> node.backend().upkeep().sweep());
    node.environment()
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server server) {
                  server.insertHandler(new EmulatorHandler(passing));
                }
              }
            });
    node.environment().lifecycle().addServerLifecycleListener(this::tell);
  }

  /** In the form of {@code credentials.env}. */
  private void tell(Server server) {
    ServerConnector api = (ServerConnector) server.getConnectors()[0];
    System.out.println("SLUICE_URL=http://" + host + ":" + api.getLocalPort());
    System.out.println("SLUICE_API_KEY=" + API_KEY);
    System.out.println("SLUICE_REGISTRATION_TOKEN=" + REGISTRATION_TOKEN);
    System.out.println("SLUICE_ADMIN_PASSWORD=" + ADMIN_PASSWORD);
    System.out.flush();
  }

  @Override
  protected StoreTime storeTime() {
    return () -> OptionalLong.of(time.millis());
  }

  @Override
  protected Clock clock() {
    return time.clock();
  }

  @Override
  protected LongSupplier nanoTime() {
    return time::nanos;
  }
}
