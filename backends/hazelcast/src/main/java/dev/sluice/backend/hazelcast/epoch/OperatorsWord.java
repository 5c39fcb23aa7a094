package dev.sluice.backend.hazelcast.epoch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Takes the word: it counts once. */
  boolean taken() {
    try {
      boolean there = Files.deleteIfExists(path);
      if (there) {
        LOG.warn("An operator accepts the state of this member as the newest");
      }
      return there;
    } catch (IOException e) {
      LOG.warn("{} can't be deleted, so it doesn't count", path, e);
      return false;
    }
  }
}
