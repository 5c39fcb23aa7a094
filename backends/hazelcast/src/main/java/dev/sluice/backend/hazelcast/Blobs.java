package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.map.IMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are too large for an org's entry: items, or messages. Each is stored under a name that
 * was never used before, and then the entry names it; so a stored text never changes, two calls
 * that race for one session store two texts, and whoever finds that the entry took another one, or
 * none, may delete his own. What a caller leaves behind when it dies in between is named by
 * nothing, and known by its age.
 */
final class Blobs {

  /** The name of an empty text, which is not stored. */
  static final long EMPTY = 0;

  /** May not occur in names of orgs and sessions. */
  private static final char SEPARATOR = '\u0001';

  private final Grid grid;
  private final IMap<String, byte[]> map;

  Blobs(Grid grid, IMap<String, byte[]> map) {
    this.grid = grid;
    this.map = map;
  }

  /** Names a text. */
  record Ref(String org, String sessionId, long name) {
    String key() {
      return org + SEPARATOR + sessionId + SEPARATOR + Long.toString(name, Character.MAX_RADIX);
    }
  }

  /** A name that nobody else uses. */
  static long newName() {
    long name;
    do {
      name = ThreadLocalRandom.current().nextLong();
    } while (name == EMPTY);
    return name;
  }

  /** Stores a text under a new name, unless it is empty; returns the name. */
  long store(String org, String sessionId, String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    Ref ref = new Ref(org, sessionId, newName());
    store(List.of(ref), List.of(text), grid.now());
    return ref.name();
  }

  /**
   * Stores several texts.
   *
   * @param texts in the order of their names
   * @param nowMs kept with them, epoch ms: clean-up tells by it what was left behind
   */
  void store(List<Ref> refs, List<String> texts, long nowMs) {
    if (refs.size() == 1) {
      grid.run(() -> map.set(refs.get(0).key(), toBytes(texts.get(0), nowMs)));
      return;
    }
    Map<String, byte[]> bytes = new HashMap<>(2 * refs.size());
    for (int i = 0; i < refs.size(); i++) {
      bytes.put(refs.get(i).key(), toBytes(texts.get(i), nowMs));
    }
    grid.run(() -> map.setAll(bytes));
  }

  /** A text; null if it isn't there. */
  @Nullable String fetch(Ref ref) {
    return fetch(List.of(ref)).get(0);
  }

  /** Several texts at once; null in the place of each that isn't there. */
  List<@Nullable String> fetch(List<Ref> refs) {
    List<@Nullable String> texts = new ArrayList<>(refs.size());
    grid.run(
        () -> {
          if (refs.size() == 1) {
            texts.add(text(map.get(refs.get(0).key())));
            return;
          }
          List<CompletionStage<byte[]>> answers = new ArrayList<>(refs.size());
          for (Ref ref : refs) {
            answers.add(map.getAsync(ref.key()));
          }
          for (CompletionStage<byte[]> answer : answers) {
            texts.add(text(answer.toCompletableFuture().join()));
          }
        });
    return texts;
  }

  /** Deletes a text that nothing names, without waiting for it. */
  void delete(Ref ref) {
    if (ref.name() != EMPTY) {
      grid.run(() -> map.deleteAsync(ref.key()));
    }
  }

  private static byte[] toBytes(String text, long nowMs) {
    byte[] encoded = text.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + encoded.length).putLong(nowMs).put(encoded).array();
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, Long.BYTES, bytes.length - Long.BYTES, UTF_8);
  }
}
