package dev.sluice.service.start;

import dev.sluice.backend.StoreTime;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.FilesCheck;
import dev.sluice.service.config.SluiceConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code journal}: shows what the data directory of a stopped service lacks, and accepts the loss.
 * Exit codes: 0 if the service would start, else 1.
 */
public final class JournalCommand extends ConfiguredCommand<SluiceConfiguration> {

  private static final String ACCEPT = "accept-loss";

  private final Application<SluiceConfiguration> application;

  public JournalCommand(Application<SluiceConfiguration> application) {
    super("journal", "Shows what the journal of a stopped server lacks");
    this.application = application;
  }

  @Override
  protected Class<SluiceConfiguration> getConfigurationClass() {
    return application.getConfigurationClass();
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser
        .addArgument("--" + ACCEPT)
        .dest(ACCEPT)
        .action(Arguments.storeTrue())
        .help("let the next start go on without what is missing");
  }

  @Override
  protected void run(
      Bootstrap<SluiceConfiguration> bootstrap,
      Namespace namespace,
      SluiceConfiguration configuration) {
    FilesCheck check =
        configuration
            .backend()
            .checkFiles(
                new BackendEnvironment(
                    configuration.rules(), configuration.dataDirectory(), StoreTime.STORE),
                namespace.getBoolean(ACCEPT));
    if (!check.whole()) {
      throw new IllegalArgumentException(check.words());
    }
    System.out.println(check.words());
  }

  @Override
  public void onError(Cli cli, @Nullable Namespace namespace, Throwable problem) {
    String sentence = StartCommand.sentence(problem);
    if (sentence == null) {
      super.onError(cli, namespace, problem);
    } else {
      cli.getStdErr().println("journal: " + sentence);
    }
  }
}
