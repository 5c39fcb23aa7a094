package dev.sluice.service.auth.secrets;

import dev.sluice.backend.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code NAME=value} lines for a shell, readable only by the owner. */
public final class CredentialsFile {

  public static final String REGISTRATION_TOKEN = "SLUICE_REGISTRATION_TOKEN";
  public static final String API_KEY = "SLUICE_API_KEY";
  public static final String ADMIN_PASSWORD = "SLUICE_ADMIN_PASSWORD";

  private static final Logger LOG = LoggerFactory.getLogger(CredentialsFile.class);

  private final Path path;

  public CredentialsFile(Path dataDirectory) {
    this.path = dataDirectory.resolve("credentials.env");
  }

  public Path path() {
    return path;
  }

  /** Empty if there is no file. */
  public Map<String, String> read() {
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.exists(path)) {
      return values;
    }
    try {
      PrivateFiles.existing(path, LOG::warn);
      for (String line : Files.readAllLines(path)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Has mode 0600 from the first byte on. Is on disk at the return, since the store then keeps the
   * hashes of its keys, and no later start makes them again.
   */
  public void create(Map<String, String> values) {
    StringBuilder text =
        new StringBuilder("# Written by the first start of Sluice; read like the environment.\n");
    values.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
      PrivateFiles.directory(directory, LOG::warn);
      try (FileChannel channel =
          FileChannel.open(
              path,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(java.nio.charset.StandardCharsets.UTF_8.encode(text.toString()));
        channel.force(true);
      }
      PrivateFiles.syncNames(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write " + path + ": " + e.getMessage(), e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't delete " + path, e);
    }
  }
}
