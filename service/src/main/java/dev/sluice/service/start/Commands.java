package dev.sluice.service.start;

import dev.sluice.service.cli.BackupCommand;
import dev.sluice.service.cli.EnqueueCommand;
import dev.sluice.service.cli.HashPasswordCommand;
import dev.sluice.service.cli.ImportAgentFactoryCommand;
import dev.sluice.service.cli.KeysCommand;
import dev.sluice.service.cli.MoveCommand;
import dev.sluice.service.cli.PagesCommand;
import dev.sluice.service.cli.RestoreCommand;
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
