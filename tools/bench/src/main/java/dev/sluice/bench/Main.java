package dev.sluice.bench;

import dev.sluice.bench.options.BenchCredentials;
import dev.sluice.bench.options.BenchOption;
import dev.sluice.bench.options.UsageException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.helper.HelpScreenException;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.jspecify.annotations.Nullable;

/**
 * Loads any server of the worker protocol over HTTP.
 *
 * <p>Exit code 0 if all checks passed, 1 if not, 2 for wrong options or credentials. The report
 * goes to standard output, progress and errors to standard error; secrets to neither.
 */
public final class Main {

  private static final String SWITCHED_ON = "on";

  private final PrintStream out;
  private final PrintStream err;
  private final Function<String, @Nullable String> environment;
  private final Path defaultCredentials;

  Main(
      PrintStream out,
      PrintStream err,
      Function<String, @Nullable String> environment,
      Path defaultCredentials) {
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.defaultCredentials = defaultCredentials;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Main main = new Main(System.out, System.err, System::getenv, BenchCredentials.DEFAULT_FILE);
    System.exit(main.run(arguments));
  }

  /** Returns the exit code. */
  int run(String... arguments) throws InterruptedException {
    ArgumentParser parser = parser();
    int code;
    try {
      code = measure(parser.parseArgs(arguments).getAttrs());
    } catch (HelpScreenException e) {
      code = 0;
    } catch (ArgumentParserException e) {
      err.println(e.getMessage());
      parser.printHelp(new PrintWriter(err, true, StandardCharsets.UTF_8));
      code = 2;
    }
    out.flush();
    return code;
  }

  private static ArgumentParser parser() {
    ArgumentParser parser =
        ArgumentParsers.newFor("java -jar sluice-bench.jar")
            .build()
            .description("Measures and checks a server of the worker protocol over HTTP");
    for (BenchOption option : BenchOption.values()) {
      Argument argument = parser.addArgument(option.flag()).dest(option.name()).help(option.help());
      String metavar = option.metavar();
      if (metavar == null) {
        argument.action(Arguments.storeConst()).setConst(SWITCHED_ON);
      } else {
        argument.metavar(metavar);
      }
    }
    return parser;
  }

  private int measure(Map<String, Object> typed) throws InterruptedException {
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
    } catch (UsageException e) {
      err.println("bench: " + e.getMessage());
      return 2;
    }
  }

  /** Ids of an earlier measurement would be repeats or conflicts. */
  private static String newPrefix() {
    return "bench-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }
}
