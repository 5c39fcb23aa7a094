package dev.sluice.backend.hazelcast.epoch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that an operator makes where no member can know that it has all data. */
final class OperatorsWord {

  static final String FILE = "cluster-accept";

  private static final Logger LOG = LoggerFactory.getLogger(OperatorsWord.class);

  private final Path path;

  OperatorsWord(Path directory) {
    path = directory.resolve(FILE);
  }

  /**
   * Takes the word: it counts once.
   *
   * @return the owner of the file, or null if there is none
   */
  @Nullable String take() {
    if (!Files.exists(path)) {
      return null;
    }
    try {
      String owner = Files.getOwner(path).getName();
      Files.delete(path);
      LOG.warn("Operator {} accepts the state of this member as the newest", owner);
      return owner;
    } catch (IOException e) {
      LOG.warn("{} can't be deleted, so it doesn't count", path, e);
      return null;
    }
  }
}
