package dev.sluice.service.auth.secrets;

import dev.sluice.backend.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with the signing secret of a cluster, which has it in memory alone. A person needs it to
 * move the org elsewhere, or to rebuild a lost cluster, without that all workers register again.
 */
public final class SigningKeyCopy {

  public static final String FILE = "cluster-signing.key";

  private static final String BEFORE = ".before";

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyCopy.class);

  private final Path directory;
  private final Path path;

  public SigningKeyCopy(Path dataDirectory) {
    directory = dataDirectory;
    path = dataDirectory.resolve(FILE);
  }

  /** The node serves without the file, too. */
  public void keep(String secret) {
    String text = secret + "\n";
    try {
      PrivateFiles.directory(directory, LOG::warn);
      PrivateFiles.existing(path, LOG::warn);
      if (Files.exists(path) && Files.readString(path).equals(text)) {
        return;
      }
      Path part = path.resolveSibling(FILE + ".part");
      Files.deleteIfExists(part);
      PrivateFiles.file(part, LOG::warn);
      Files.writeString(part, text);
      if (Files.exists(path)) { // a new store: workers have tokens by the secret of the old one
        Files.move(path, path.resolveSibling(FILE + BEFORE), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("The cluster's signing secret isn't in {}: {}", path, e.toString());
    }
  }
}
