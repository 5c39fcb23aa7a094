package dev.sluice.service.cli;

import dev.sluice.service.auth.secrets.PasswordHash;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code hash-password}: reads the password twice from a terminal, or the first line of standard
 * input; never an argument, which other users could see. Exit code 2 for an unacceptable password.
 */
public final class HashPasswordCommand extends Command {

  private final Supplier<@Nullable String> password;
  private final PrintStream out;
  private final PrintStream err;
  private final IntConsumer exit;

  public HashPasswordCommand() {
    this(() -> read(System.console(), System.in), System.out, System.err, System::exit);
  }

  /** A null password was not given, or not the same twice. */
  HashPasswordCommand(
      Supplier<@Nullable String> password, PrintStream out, PrintStream err, IntConsumer exit) {
    super("hash-password", "Reads a password and prints its hash for operators in config.yml");
    this.password = password;
    this.out = out;
    this.err = err;
    this.exit = exit;
  }

  @Override
  public void configure(Subparser parser) {
    // nothing to configure: what could be is a secret
  }

  @Override
  public void run(@Nullable Bootstrap<?> bootstrap, @Nullable Namespace namespace) {
    String given = password.get();
    String problem = problem(given);
    if (given == null || problem != null) {
      err.println("hash-password: " + problem);
      exit.accept(2);
      return;
    }
    out.println("passwordHash: " + PasswordHash.of(given, PasswordHash.ITERATIONS).text());
    out.flush();
  }

  private static @Nullable String problem(@Nullable String password) {
    if (password == null) {
      return "no password, or not the same twice";
    }
    if (password.codePointCount(0, password.length()) < PasswordHash.MIN_CHARACTERS) {
      return "a password must have at least " + PasswordHash.MIN_CHARACTERS + " characters";
    }
    if (password.codePoints().distinct().count() < PasswordHash.MIN_DIFFERENT) {
      return "a password must not be one character repeated";
    }
    return password.getBytes(StandardCharsets.UTF_8).length > PasswordHash.MAX_PASSWORD
        ? "a password must have at most " + PasswordHash.MAX_PASSWORD + " bytes"
        : null;
  }

  static @Nullable String read(@Nullable Console console, InputStream in) {
    return console == null ? firstLine(in) : twice(console);
  }

  private static @Nullable String twice(Console console) {
    char[] first = console.readPassword("Password: ");
    char[] second = console.readPassword("Again: ");
    return first != null && second != null && new String(first).equals(new String(second))
        ? new String(first)
        : null;
  }

  private static @Nullable String firstLine(InputStream in) {
    try {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
