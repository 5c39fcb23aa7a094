package dev.sluice.service.cli.bench;

import dev.sluice.service.cli.BenchCredentials;
import dev.sluice.service.cli.BenchOption;
import dev.sluice.service.cli.UsageException;
import dev.sluice.service.config.Variables;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntConsumer;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code bench}: loads any server of the worker protocol over HTTP.
 *
 * <p>Exit code 0 if all checks passed, 1 if not, 2 for wrong options or credentials. The report
 * goes to standard output, progress and errors to standard error; secrets to neither.
 */
public final class BenchCommand extends Command {

  private static final String SWITCHED_ON = "on";

  private final PrintStream out;
  private final PrintStream err;
  private final Function<String, @Nullable String> environment;
  private final Path defaultCredentials;
  private final IntConsumer exit;

  public BenchCommand() {
    this(
        System.out,
        System.err,
        Variables.ofProcess()::get,
        BenchCredentials.DEFAULT_FILE,
        System::exit);
  }

  BenchCommand(
      PrintStream out,
      PrintStream err,
      Function<String, @Nullable String> environment,
      Path defaultCredentials,
      IntConsumer exit) {
    super("bench", "Measures and checks a server of the worker protocol over HTTP");
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.defaultCredentials = defaultCredentials;
    this.exit = exit;
  }

  @Override
  public void configure(Subparser parser) {
    for (BenchOption option : BenchOption.values()) {
      Argument argument = parser.addArgument(option.flag()).dest(option.name()).help(option.help());
      String metavar = option.metavar();
      if (metavar == null) {
        argument.action(Arguments.storeConst()).setConst(SWITCHED_ON);
      } else {
        argument.metavar(metavar);
      }
    }
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) throws InterruptedException {
    int code = run(namespace.getAttrs());
    out.flush();
    if (code != 0) {
      exit.accept(code);
    }
  }

  private int run(Map<String, Object> typed) throws InterruptedException {
    Function<BenchOption, @Nullable String> values =
        option -> typed.get(option.name()) instanceof String text ? text : null;
    try {
      BenchOptions options = BenchOptions.parse(values, newPrefix());
      BenchCredentials credentials = BenchCredentials.find(values, environment, defaultCredentials);
      BenchReport report = Bench.run(options, credentials, line -> err.println("bench: " + line));
      if (options.json()) {
        out.println(report.json());
      } else {
        out.print(report.text());
      }
      return report.passed() ? 0 : 1;
    } catch (UsageException | Variables.UnreadableException e) {
      err.println("bench: " + e.getMessage());
      return 2;
    }
  }

  /** Ids of an earlier measurement would be repeats or conflicts. */
  private static String newPrefix() {
    return "bench-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }
}
