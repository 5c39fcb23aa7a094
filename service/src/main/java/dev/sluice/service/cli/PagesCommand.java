package dev.sluice.service.cli;

import dev.sluice.service.cli.ApiCommand.Surroundings;
import dev.sluice.service.cli.wire.PageClient;
import dev.sluice.service.cli.wire.ServerRefusedException;
import dev.sluice.service.cli.wire.WireAnswer;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code pages}: loads one page of each kind of the dashboard repeatedly. Exit codes as in {@link
 * ApiCommand}; 1 also if a page fails.
 */
public final class PagesCommand extends Command {

  private static final String PASSWORD_VARIABLE = "SLUICE_ADMIN_PASSWORD";
  private static final double NANOS_PER_MS = 1e6;

  private final Surroundings around;
  private int loaded;

  public PagesCommand() {
    this(Surroundings.ofJvm());
  }

  PagesCommand(Surroundings around) {
    super("pages", "Times every page of the dashboard");
    this.around = around;
  }

  @Override
  public void configure(Subparser parser) {
    parser
        .addArgument("--url")
        .metavar("URL")
        .setDefault("http://localhost:8080")
        .help("the server (default http://localhost:8080)");
    parser
        .addArgument("--operator")
        .metavar("NAME")
        .setDefault("admin")
        .help(
            "operator to log in as (default admin); the password is read from "
                + PASSWORD_VARIABLE);
    parser
        .addArgument("--credentials")
        .metavar("FILE")
        .help(
            "file of KEY=VALUE lines with the password; default ./data/credentials.env if it"
                + " exists");
    parser
        .addArgument("--loads")
        .metavar("N")
        .type(Integer.class)
        .setDefault(20)
        .help("loads of each page (default 20)");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace typed) throws InterruptedException {
    int code = run(typed);
    around.out().flush();
    if (code != ApiCommand.DONE) {
      around.exit().accept(code);
    }
  }

  private int run(Namespace typed) throws InterruptedException {
    try {
      int loads = typed.getInt("loads");
      if (loads < 1 || loads > 100_000) {
        throw new UsageException("--loads must be a whole number from 1 to 100000");
      }
      PageClient client =
          new PageClient(
              URI.create(typed.getString("url")), typed.getString("operator"), password(typed));
      return time(client, new PageWalk(client).run(), loads);
    } catch (UsageException | IllegalArgumentException e) {
      tell(e.getMessage());
      return ApiCommand.USAGE;
    } catch (ServerRefusedException e) {
      tell(e.getMessage());
      return ApiCommand.REFUSED;
    } catch (IOException e) {
      tell(e.getMessage() == null ? e.toString() : e.getMessage());
      return ApiCommand.UNREACHABLE;
    }
  }

  private int time(PageClient client, Map<String, String> pages, int loads)
      throws IOException, InterruptedException {
    boolean all = true;
    around.out().printf(Locale.ROOT, "%8s %8s %8s %6s  %s%n", "p50 ms", "p95 ms", "max", "kB", "");
    for (Map.Entry<String, String> page : pages.entrySet()) {
      long[] nanos = new long[loads];
      WireAnswer last = client.load(page.getValue());
      for (int i = 0; i < loads; i++) {
        long start = System.nanoTime();
        last = client.load(unshared(page.getValue()));
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      around
          .out()
          .printf(
              Locale.ROOT,
              "%8.1f %8.1f %8.1f %6d  %s%s%n",
              ranked(nanos, 50) / NANOS_PER_MS,
              ranked(nanos, 95) / NANOS_PER_MS,
              ranked(nanos, 100) / NANOS_PER_MS,
              last.body().length / 1024,
              page.getKey(),
              last.ok() ? "" : "  " + last.status());
      all &= last.ok();
    }
    return all ? ApiCommand.DONE : ApiCommand.REFUSED;
  }

  /** The percentile by nearest rank; 100 is the maximum. */
  private static long ranked(long[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }

  /**
   * The server shares reads of one address for a second, so each load gets an address of its own.
   */
  private String unshared(String address) {
    return address + (address.contains("?") ? '&' : '?') + "load=" + ++loaded;
  }

  private String password(Namespace typed) throws UsageException {
    @Nullable String password = around.environment().apply(PASSWORD_VARIABLE);
    if (password == null || password.isBlank()) {
      password = fromFile(typed.getString("credentials"));
    }
    if (password == null || password.isBlank()) {
      throw new UsageException(
          "no password (" + PASSWORD_VARIABLE + ", or the file of --credentials)");
    }
    return password;
  }

  private @Nullable String fromFile(@Nullable String named) throws UsageException {
    if (named != null) {
      return EnvFile.read(Path.of(named)).get(PASSWORD_VARIABLE);
    }
    Path usual = around.defaultCredentials();
    return Files.exists(usual) ? EnvFile.read(usual).get(PASSWORD_VARIABLE) : null;
  }

  private void tell(@Nullable String line) {
    around.err().println(getName() + ": " + line);
  }
}
