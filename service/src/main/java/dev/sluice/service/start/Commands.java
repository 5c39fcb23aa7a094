package dev.sluice.service.start;

import dev.sluice.service.cli.BackupCommand;
import dev.sluice.service.cli.EnqueueCommand;
import dev.sluice.service.cli.HashPasswordCommand;
import dev.sluice.service.cli.ImportAgentFactoryCommand;
import dev.sluice.service.cli.KeysCommand;
import dev.sluice.service.cli.MoveCommand;
import dev.sluice.service.cli.PagesCommand;
import dev.sluice.service.cli.RestoreCommand;
import io.dropwizard.core.cli.Command;
import java.util.List;

public final class Commands {

  /** For those who ask for the former command. */
  public static final String BENCH_MOVED =
      "bench is a program of its own now: java -jar sluice-bench.jar, which a build leaves in"
          + " tools/bench/target";

  private Commands() {}

  /** All but server and check. */
  public static List<Command> all() {
    return List.of(
        new HashPasswordCommand(),
        new EnqueueCommand(),
        new KeysCommand(),
        new PagesCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new MoveCommand(),
        new ImportAgentFactoryCommand());
  }
}
