package dev.sluice.service.cli;

import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.ServerRefusedException;
import dev.sluice.service.cli.wire.WireAnswer;
import dev.sluice.service.config.Variables;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * Results go to standard output, messages to standard error; the key to neither. Exit codes:
 * docs/api.md, "The command line".
 */
public abstract class ApiCommand extends Command {

  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;

  static final String KEY_VARIABLE = "SLUICE_API_KEY";
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Surroundings around;

  /** The default credentials are read if no key is given; {@code exit} gets no zero. */
  record Surroundings(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Function<String, @Nullable String> environment,
      Path defaultCredentials,
      IntConsumer exit) {

    static Surroundings ofJvm() {
      return new Surroundings(
          System.in,
          System.out,
          System.err,
          Variables.ofProcess()::get,
          Path.of("data", "credentials.env"),
          System::exit);
    }
  }

  ApiCommand(String name, String description, Surroundings around) {
    super(name, description);
    this.around = around;
  }

  abstract int call(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException;

  /** False if the call needs neither server nor key. */
  boolean needsServer(Namespace typed) {
    return true;
  }

  /** The option of the server's address. */
  String urlOption() {
    return "--url";
  }

  @Override
  public void configure(Subparser parser) {
    parser
        .addArgument(urlOption())
        .dest("url")
        .metavar("URL")
        .setDefault("http://localhost:8080")
        .help("the server (default http://localhost:8080)");
    parser
        .addArgument("--key")
        .metavar("KEY")
        .help("the API key; better in the environment: " + KEY_VARIABLE);
    parser
        .addArgument("--credentials")
        .metavar("FILE")
        .help("file of KEY=VALUE lines with the key; default ./data/credentials.env if it exists");
    parser
        .addArgument("--json")
        .action(Arguments.storeTrue())
        .help("print the server's answers as JSON");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace typed) throws InterruptedException {
    int code = run(typed);
    out().flush();
    if (code != DONE) {
      around.exit.accept(code);
    }
  }

  private int run(Namespace typed) throws InterruptedException {
    try {
      String key = needsServer(typed) ? key(typed) : "";
      return call(new ApiClient(url(urlOption(), typed.getString("url")), key, TIMEOUT), typed);
    } catch (UsageException | Variables.UnreadableException e) {
      tell(e.getMessage());
      return USAGE;
    } catch (FileSystemException e) {
      tell(FileProblem.words(e));
      return USAGE;
    } catch (IOException e) {
      tell(e.getMessage());
      return UNREACHABLE;
    }
  }

  @Nullable String variable(String name) {
    return around.environment.apply(name);
  }

  InputStream in() {
    return around.in;
  }

  PrintStream out() {
    return around.out;
  }

  void tell(@Nullable String line) {
    around.err.println(getName() + ": " + line);
  }

  /** Returns the exit code. */
  int refused(String call, WireAnswer answer) {
    tell(ServerRefusedException.describe(call, answer));
    return answer.status() >= 500 ? UNREACHABLE : REFUSED;
  }

  static URI url(String option, String text) throws UsageException {
    try {
      URI url = URI.create(text);
      boolean web =
          "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      if (web
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new UsageException(option + " must be http(s)://HOST[:PORT][/BASE]");
  }

  private String key(Namespace typed) throws UsageException {
    return key(typed.getString("key"), KEY_VARIABLE, typed.getString("credentials"), "--key");
  }

  /** Looks at the option, then the environment, then the file; blank means unset. */
  String key(@Nullable String typed, String variable, @Nullable String credentials, String option)
      throws UsageException {
    @Nullable String key = typed;
    if (unset(key)) {
      key = around.environment.apply(variable);
    }
    if (unset(key)) {
      key = fromFile(credentials);
    }
    if (key == null || key.isBlank()) {
      throw new UsageException(
          "no API key (" + option + ", " + variable + ", or the file of credentials)");
    }
    if (!key.chars().allMatch(each -> each > 0x20 && each < 0x7f)) {
      throw new UsageException("the API key holds characters that no header can");
    }
    return key;
  }

  private @Nullable String fromFile(@Nullable String named) throws UsageException {
    Map<String, String> file = Map.of();
    if (named != null) {
      file = EnvFile.read(Path.of(named));
    } else if (Files.exists(around.defaultCredentials)) {
      file = EnvFile.read(around.defaultCredentials);
    }
    return file.get(KEY_VARIABLE);
  }

  private static boolean unset(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
