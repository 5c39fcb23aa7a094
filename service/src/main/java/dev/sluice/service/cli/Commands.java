package dev.sluice.service.cli;

import dev.sluice.service.cli.bench.BenchCommand;
import io.dropwizard.core.cli.Command;
import java.util.List;

public final class Commands {

  private Commands() {}

  /** All but server and check. */
  public static List<Command> all() {
    return List.of(
        new BenchCommand(),
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
