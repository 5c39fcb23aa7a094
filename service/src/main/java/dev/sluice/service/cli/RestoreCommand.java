package dev.sluice.service.cli;

import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import dev.sluice.service.transfer.BadExportException;
import dev.sluice.service.transfer.ExportFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code restore}: fills an empty org from a file, which is checked as a whole before. */
public final class RestoreCommand extends ApiCommand {

  public RestoreCommand() {
    this(Surroundings.ofJvm());
  }

  RestoreCommand(Surroundings around) {
    super("restore", "Fills an empty org from an export", around);
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser.addArgument("file").metavar("FILE").nargs("?").help("the export");
    parser
        .addArgument("--check")
        .action(Arguments.storeTrue())
        .help("only check the file; needs no server");
    parser
        .addArgument("--discard")
        .action(Arguments.storeTrue())
        .help("delete what an unfinished restore has written");
    BackupPassphrase.configure(parser);
  }

  @Override
  boolean needsServer(Namespace typed) {
    return !typed.getBoolean("check");
  }

  @Override
  int call(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    @Nullable String name = typed.getString("file");
    if (typed.getBoolean("discard")) {
      WireAnswer answer = client.call("DELETE", "/api/import", "", Map.of());
      return answer.ok() ? DONE : refused("restore --discard", answer);
    }
    if (name == null) {
      throw new UsageException("restore needs a FILE");
    }
    Path file = Path.of(name);
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder");
    }
    @Nullable String passphrase = passphrase(file, typed);
    try {
      boolean compressed = ExportFile.compressed(file);
      String words = ExportFile.words(ExportFile.check(file, compressed, passphrase));
      if (typed.getBoolean("check")) {
        out().println(words);
        return DONE;
      }
      try (InputStream in = ExportFile.read(file, compressed, passphrase)) {
        @Nullable WireAnswer refused = new ImportClient(client, "", Thread::sleep).fill(in);
        if (refused != null) {
          return refused("restore", refused);
        }
      }
      out().println(words);
      return DONE;
    } catch (BadExportException e) {
      tell(file + ", " + e.getMessage());
      return REFUSED;
    }
  }

  /** A passphrase asks for an encrypted file, so that no other file can take its place. */
  private @Nullable String passphrase(Path file, Namespace typed)
      throws IOException, UsageException {
    @Nullable String given = BackupPassphrase.of(typed, this::variable);
    boolean encrypted = ExportFile.encrypted(file);
    if (encrypted && given == null) {
      throw new UsageException(file + " is encrypted: " + BackupPassphrase.MISSING);
    }
    if (!encrypted && given != null) {
      throw new UsageException(
          file + " is not encrypted; to restore it all the same, give no passphrase");
    }
    return given;
  }
}
