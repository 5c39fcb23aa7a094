package dev.sluice.service.cli;

import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.ServerRefusedException;
import java.io.IOException;
import java.util.function.LongSupplier;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code move}: moves an org from one server to another: docs/transfer.md, "Move". */
public final class MoveCommand extends ApiCommand {

  private static final String TO_KEY_VARIABLE = "SLUICE_TO_API_KEY";

  private final SessionFollower.Pause pause;
  private final LongSupplier nanoTime;

  public MoveCommand() {
    this(Surroundings.ofJvm(), Thread::sleep, System::nanoTime);
  }

  MoveCommand(Surroundings around, SessionFollower.Pause pause, LongSupplier nanoTime) {
    super("move", "Moves an org to another server, with all its work and workers", around);
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument("--from").dest("url").metavar("URL").required(true).help("the source");
    parser
        .addArgument("--to")
        .metavar("URL")
        .required(true)
        .help("the target, where the org is empty");
    parser
        .addArgument("--from-key")
        .dest("key")
        .metavar("KEY")
        .help("an API key of the source; better in the environment: " + KEY_VARIABLE);
    parser
        .addArgument("--from-credentials")
        .dest("credentials")
        .metavar("FILE")
        .help("file of KEY=VALUE lines with that key; default ./data/credentials.env");
    parser
        .addArgument("--to-key")
        .metavar("KEY")
        .help("an API key of the target; better in the environment: " + TO_KEY_VARIABLE);
    parser
        .addArgument("--to-credentials")
        .metavar("FILE")
        .help("file of KEY=VALUE lines with that key as " + KEY_VARIABLE);
    parser
        .addArgument("--dry-run")
        .action(Arguments.storeTrue())
        .help("check both servers and keys, and that the target is empty; move nothing");
    parser
        .addArgument("--new-tokens")
        .action(Arguments.storeTrue())
        .help(
            "move although the target refuses the source's tokens, so that workers register again");
  }

  @Override
  String urlOption() {
    return "--from";
  }

  @Override
  int call(ApiClient from, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    String target = address("--to", typed.getString("to"));
    String key =
        key(
            typed.getString("to_key"),
            TO_KEY_VARIABLE,
            typed.getString("to_credentials"),
            "--to-key");
    Move move =
        new Move(
            from,
            new ApiClient(url("--to", target), key, TIMEOUT),
            address("--from", typed.getString("url")),
            target,
            this::tell,
            typed.getBoolean("new_tokens"),
            pause,
            nanoTime);
    try {
      out().println(typed.getBoolean("dry_run") ? move.check() : move.run());
      return DONE;
    } catch (ServerRefusedException e) {
      tell(e.getMessage());
      return REFUSED;
    }
  }

  /** Each way to write an address gives the same text. */
  private static String address(String option, String typed) throws UsageException {
    return url(option, typed).toString().replaceAll("/+$", "");
  }
}
