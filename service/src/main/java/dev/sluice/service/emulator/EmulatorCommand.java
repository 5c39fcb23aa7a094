package dev.sluice.service.emulator;

import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code emulator}: serves in memory, for tests of clients (docs/clients.md). */
public final class EmulatorCommand extends Command {

  /** Starts the service. */
  @FunctionalInterface
  public interface Start {
    void on(String host, int port);
  }

  private final Start start;

  public EmulatorCommand(Start start) {
    super("emulator", "Runs Sluice in memory for tests of clients, with a clock and faults");
    this.start = start;
  }

  @Override
  public void configure(Subparser parser) {
    parser
        .addArgument("--port")
        .metavar("N")
        .type(Integer.class)
        .setDefault(8080)
        .help("port of the API; 0 takes a free one (default: 8080)");
    parser
        .addArgument("--host")
        .metavar("ADDRESS")
        .setDefault("127.0.0.1")
        .help("address to listen at (default: 127.0.0.1, this machine only)");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) {
    start.on(namespace.getString("host"), namespace.getInt("port"));
  }
}
