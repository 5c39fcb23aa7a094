package dev.sluice.proof.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.store.QueueBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flipped byte or another length of the journal's file is named, or has no effect. {@code
 * DamagedLogTest} has the same for its log, and {@code ExportCheckTest} for backups.
 */
@Timeout(7200)
class DamagedFileTest {

  private static final int CALLS = Recordings.LONG ? 20 : 40;
  private static final int PAGE = 4096;
  private static final int HEADER = 16;

  /** Places beside the headers; 0 for all places of the file. */
  private static final int OTHERS = Integer.getInteger("places", Recordings.LONG ? 0 : 100);

  private enum Effect {
    /** The start is refused. */
    REFUSED,
    /** Health names the damage, or a call about the record does. */
    NAMED,
    NONE,
    /** The start fails without words for people. */
    CRASHED,
    SILENT
  }

  @TempDir Path directory;
  private final Plan plan = Plan.of(Recordings.SEED, 1, 0, CALLS);
  private final Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
  private final List<String> silent = Collections.synchronizedList(new ArrayList<>());
  private final Scratch scratch = new Scratch(Path.of("target", "proof"));
  private byte[] whole;
  private byte[] number;

  @BeforeEach
  void fill() throws IOException {
    Path data = directory.resolve("whole");
    try (QueueBackend backend = RecordedProcess.open(data)) {
      Calls calls = new Calls(backend, plan);
      plan.ops().forEach(calls::make);
    }
    assertThat(data.resolve(Recording.LOG)).doesNotExist();
    whole = Files.readAllBytes(data.resolve(Recording.JOURNAL));
    number = Files.readAllBytes(data.resolve(Recording.COMMIT_FILE));
  }

  @Test
  void aFlippedByteIsNeverSilent() {
    places()
        .parallel()
        .forEach(
            at -> {
              byte[] flipped = whole.clone();
              flipped[at] ^= (byte) (1 << at % 8);
              check(flipped, "byte " + at % PAGE + " of page " + (1 + at / PAGE));
            });
    report("flipped bytes");
  }

  @Test
  void anotherLengthIsNeverSilent() {
    places().parallel().forEach(length -> check(Arrays.copyOf(whole, length), "length " + length));
    report("lengths");
  }

  /** All places in the long form; else the headers of the pages, and some others. */
  private IntStream places() {
    if (OTHERS == 0) {
      return IntStream.range(0, whole.length);
    }
    Random random = new Random(Recordings.SEED);
    IntStream headers =
        IntStream.range(0, whole.length / PAGE)
            .flatMap(page -> IntStream.range(0, HEADER).map(at -> page * PAGE + at));
    return IntStream.concat(headers, random.ints(OTHERS, 0, whole.length));
  }

  private void check(byte[] file, String what) {
    try {
      Effect effect = scratch.in(data -> start(data, file, what));
      synchronized (effects) {
        effects.merge(effect, 1, Integer::sum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Effect start(Path data, byte[] file, String what) throws IOException {
    Files.createDirectories(data);
    Files.write(data.resolve(Recording.JOURNAL), file);
    Files.write(data.resolve(Recording.COMMIT_FILE), number);
    try (QueueBackend backend = RecordedProcess.open(data)) {
      return effect(backend, what);
    } catch (BackendUnavailableException e) {
      return Effect.REFUSED;
    } catch (RuntimeException e) {
      silent.add(what + " fails with " + e);
      return Effect.CRASHED;
    }
  }

  private Effect effect(QueueBackend backend, String what) {
    boolean health =
        backend.upkeep().health().warnings().stream()
            .anyMatch(warning -> warning.startsWith("damaged"));
    Effect effect = health ? Effect.NAMED : Effect.NONE;
    for (Map.Entry<String, String> record : plan.expected().get(CALLS).entrySet()) {
      if (record.getKey().startsWith("secret")) {
        continue; // in a file of its own
      }
      String found = Facts.of(backend, plan.org(), record.getKey());
      if (found.startsWith("DAMAGED")) {
        effect = Effect.NAMED;
      } else if (!health && !found.equals(record.getValue())) {
        silent.add(what + ": " + record.getKey() + " is " + found);
        return Effect.SILENT;
      }
    }
    return effect;
  }

  private void report(String what) {
    System.out.printf("%,d %s of a journal: %s%n", total(), what, effects);
    assertThat(silent).isEmpty();
  }

  private int total() {
    return effects.values().stream().mapToInt(Integer::intValue).sum();
  }
}
