package dev.sluice.service.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.cli.TypedCommand.Outcome;
import dev.sluice.service.transfer.ExportFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedBackupTest {

  private static final String PASSPHRASE = "a passphrase of some length";
  private static final Map<String, String> KEY = Map.of("SLUICE_API_KEY", ApiStub.KEY);

  @TempDir Path directory;

  @Test
  void onlyThePassphraseOpensIt() throws Exception {
    Path file = directory.resolve("backup.ndjson.gz.enc");
    Path secret = Files.writeString(directory.resolve("secret"), PASSPHRASE + "\n");
    String[] withSecret = {"--check", "--passphrase-file", secret.toString(), file.toString()};
    try (CannedServer server = new CannedServer()) {
      server.answers(export()).hangsUp();
      Outcome saved =
          backup(
              "--url",
              server.url().toString(),
              "--encrypt",
              "--passphrase-file",
              secret.toString(),
              file.toString());
      assertThat(saved.code()).as(saved.err()).isZero();
      assertThat(saved.out() + saved.err()).contains("0 records").doesNotContain(PASSPHRASE);
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, ISO_8859_1)).startsWith("sluice-encrypted-1\n");

    assertThat(restore(KEY, withSecret).code()).isZero();
    Outcome wrong =
        restore(Map.of("SLUICE_BACKUP_PASSPHRASE", PASSPHRASE + "!"), "--check", file.toString());
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("the passphrase is not the one of the file");

    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    Outcome cut = restore(KEY, withSecret);
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.err()).contains("chunk 0 is changed, moved or cut");
  }

  @Test
  void aMissingShortOrNeedlessPassphraseIsNamed() throws Exception {
    Path file = directory.resolve("backup.ndjson");
    Outcome missing = backup("--encrypt", file.toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no passphrase (--passphrase-file, SLUICE_BACKUP_PASSPHR");
    assertThat(file).doesNotExist();
    for (List<String> clear :
        List.of(
            List.of("--passphrase-file", file.toString(), file.toString()),
            List.of(file + ".gz.enc"))) {
      Outcome refused = backup(clear.toArray(String[]::new));
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("without --encrypt the file would not be encrypted");
    }

    Files.writeString(file, "sluice-encrypted-1\nand more");
    Outcome needed = restore(KEY, "--check", file.toString());
    assertThat(needed.code()).isEqualTo(2);
    assertThat(needed.err()).contains("is encrypted: no passphrase");

    Outcome small = restore(Map.of("SLUICE_BACKUP_PASSPHRASE", "short"), file.toString());
    assertThat(small.err()).contains("at least 16 characters").doesNotContain("short\n");

    Files.writeString(file, "{}\n");
    Outcome plain =
        restore(Map.of("SLUICE_BACKUP_PASSPHRASE", PASSPHRASE), "--check", file.toString());
    assertThat(plain.code()).isEqualTo(2);
    assertThat(plain.err()).contains("is not encrypted; to restore it all the same");
  }

  private Outcome backup(String... arguments) throws Exception {
    return new TypedCommand(BackupCommand::new, directory.resolve("none"))
        .environment(KEY)
        .run(arguments);
  }

  private Outcome restore(Map<String, String> environment, String... arguments) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(KEY);
    return new TypedCommand(RestoreCommand::new, directory.resolve("none"))
        .environment(all)
        .run(arguments);
  }

  private static String export() throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ExportFile.make(lines, "default", records -> {});
    String body = lines.toString(UTF_8);
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
