package dev.sluice.proof.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The recordings of a test run. */
final class Recordings {

  private static final Map<Long, Recording> MADE = new HashMap<>();

  /** See profile "proof" of the build. */
  static final boolean LONG = Boolean.getBoolean("sluice.proof");

  static final long SEED = Long.getLong("seed", 1);

  /** Number of calls of each caller in each life. */
  private static final int CALLS = Integer.getInteger("calls", LONG ? 120 : 50);

  private static final boolean BEFORE = Boolean.getBoolean("recording");

  private Recordings() {}

  static Path directory(long seed) {
    return Path.of("target", "proof", "seed-" + seed);
  }

  /** Records, or reads a recording of an earlier run. */
  static synchronized Recording of(long seed) throws IOException, InterruptedException {
    Recording made = MADE.get(seed);
    if (made == null) {
      Path directory = directory(seed);
      made =
          BEFORE ? Recording.read(directory, seed, CALLS) : Recording.make(directory, seed, CALLS);
      MADE.put(seed, made);
    }
    return made;
  }
}
