package dev.sluice.service.cli;

import dev.sluice.backend.PrivateFiles;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import dev.sluice.service.transfer.BadExportException;
import dev.sluice.service.transfer.ExportFile;
import dev.sluice.service.transfer.ExportProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code backup}: writes an export to a file, which appears once it is whole and checked. Hand-out
 * pauses meanwhile.
 */
public final class BackupCommand extends ApiCommand {

  public BackupCommand() {
    this(Surroundings.ofJvm());
  }

  BackupCommand(Surroundings around) {
    super("backup", "Writes an export of the org to a file while the service runs", around);
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser
        .addArgument("file")
        .metavar("FILE")
        .help(
            "the file, replaced once the export is whole; compressed if it ends in .gz or .gz.enc");
    parser
        .addArgument("--encrypt")
        .action(Arguments.storeTrue())
        .help("encrypt the file with a passphrase");
    BackupPassphrase.configure(parser);
  }

  @Override
  int call(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    Path file = Path.of(typed.getString("file")).toAbsolutePath();
    boolean encrypt = typed.getBoolean("encrypt");
    if (!encrypt && (BackupPassphrase.isTyped(typed) || file.toString().endsWith(".enc"))) {
      throw new UsageException("without --encrypt the file would not be encrypted");
    }
    @Nullable String passphrase = encrypt ? BackupPassphrase.required(typed, this::variable) : null;
    Path part = ExportFile.part(file);
    long began = System.nanoTime();
    try {
      @Nullable WireAnswer refused;
      try (OutputStream out = ExportFile.write(part, ExportFile.compressed(file), passphrase)) {
        refused = client.stream("GET", "/api/export", in -> in.transferTo(out));
      }
      if (refused != null) {
        return refused("backup", refused);
      }
      long ms = (System.nanoTime() - began) / 1_000_000;
      ExportProgress whole = ExportFile.check(part, ExportFile.compressed(file), passphrase);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.syncNames(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      out().println(ExportFile.words(whole));
      tell("the org was closed for at most " + ms + " ms");
      return DONE;
    } catch (BadExportException e) {
      tell("the export broke off: " + e.getMessage());
      return UNREACHABLE;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
