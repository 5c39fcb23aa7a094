package dev.sluice.service.cli;

import dev.sluice.service.config.Variables;
import java.util.function.Function;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** The passphrase of encrypted backups: never an argument, which other users could see. */
final class BackupPassphrase {

  static final String VARIABLE = "SLUICE_BACKUP_PASSPHRASE";

  private static final String OPTION = "passphrase-file";
  private static final int MIN_CHARACTERS = 16;

  static final String MISSING =
      "no passphrase (--" + OPTION + ", " + VARIABLE + " or " + VARIABLE + "_FILE)";

  private BackupPassphrase() {}

  static void configure(Subparser parser) {
    parser
        .addArgument("--" + OPTION)
        .dest(OPTION)
        .metavar("FILE")
        .help("file with the passphrase in its first line; else " + VARIABLE + " or ..._FILE");
  }

  static boolean isTyped(Namespace typed) {
    return typed.getString(OPTION) != null;
  }

  /** Null if none is given. */
  static @Nullable String of(Namespace typed, Function<String, @Nullable String> variables)
      throws UsageException {
    @Nullable String file = typed.getString(OPTION);
    @Nullable String given =
        file == null
            ? variables.apply(VARIABLE)
            : new Variables(name -> name.equals(VARIABLE + "_FILE") ? file : null).get(VARIABLE);
    if (given == null || given.isBlank()) {
      return null;
    }
    if (given.length() < MIN_CHARACTERS) {
      throw new UsageException(
          "the passphrase must have at least " + MIN_CHARACTERS + " characters");
    }
    return given;
  }

  static String required(Namespace typed, Function<String, @Nullable String> variables)
      throws UsageException {
    @Nullable String given = of(typed, variables);
    if (given == null) {
      throw new UsageException(MISSING);
    }
    return given;
  }
}
