package dev.sluice.backend.engine.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import dev.sluice.backend.BackendUnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts too large for an org's state. Each is stored under a new key before the state names it, so
 * it never changes. Calls that race for one session store two texts, and the caller whose text is
 * not named deletes it; if it dies first, clean-up finds the orphan by age.
 */
public final class Blobs {

  private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);

  public static final long EMPTY = 0;

  /** Never part of a name. */
  private static final char SEPARATOR = '\u0001';

  private static final long RECENT_CHARACTERS = 1 << 24;

  private final ByteMap map;
  private final TextCache recent;

  public Blobs(ByteMap map) {
    this.map = map;
    recent = new TextCache(map.near() ? 0 : RECENT_CHARACTERS);
  }

  public record Ref(String org, String sessionId, long name) {
    public String key() {
      return org + SEPARATOR + sessionId + SEPARATOR + Long.toString(name, Character.MAX_RADIX);
    }

    public static Ref parse(String key) {
      int first = key.indexOf(SEPARATOR);
      int last = key.lastIndexOf(SEPARATOR);
      return new Ref(
          key.substring(0, first),
          key.substring(first + 1, last),
          Long.parseLong(key.substring(last + 1), Character.MAX_RADIX));
    }
  }

  public static long newName() {
    long name;
    do {
      name = ThreadLocalRandom.current().nextLong();
    } while (name == EMPTY);
    return name;
  }

  /**
   * Returns the text's name. An empty text is not stored.
   *
   * @param nowMs stored with it, epoch ms
   */
  public long store(String org, String sessionId, String text, long nowMs) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    Ref ref = new Ref(org, sessionId, newName());
    store(List.of(ref), List.of(text), nowMs);
    return ref.name();
  }

  /**
   * @param nowMs stored with them for clean-up, epoch ms
   */
  public void store(List<Ref> refs, List<String> texts, long nowMs) {
    if (refs.size() == 1) {
      String key = refs.get(0).key();
      map.set(key, toBytes(texts.get(0), nowMs));
      recent.put(key, texts.get(0));
      return;
    }
    // in their order, since a journal writes fewer pages then
    Map<String, byte[]> bytes = new LinkedHashMap<>(2 * refs.size());
    for (int i = 0; i < refs.size(); i++) {
      String key = refs.get(i).key();
      bytes.put(key, toBytes(texts.get(i), nowMs));
      recent.put(key, texts.get(i));
    }
    map.setAll(bytes);
  }

  public @Nullable String fetch(Ref ref) {
    return fetch(List.of(ref)).get(0);
  }

  public List<@Nullable String> fetch(List<Ref> refs) {
    List<@Nullable String> texts = new ArrayList<>(refs.size());
    if (map.near()) {
      for (int i = 0; i < refs.size(); i++) {
        byte[] bytes = map.getNamed(refs.get(i).key());
        texts.add(bytes == null ? null : text(bytes));
      }
      return texts;
    }
    Map<Integer, String> missing = new LinkedHashMap<>();
    for (int i = 0; i < refs.size(); i++) {
      String key = refs.get(i).key();
      String text = recent.get(key);
      texts.add(text);
      if (text == null) {
        missing.put(i, key);
      }
    }
    if (!missing.isEmpty()) {
      fetchInto(texts, missing);
    }
    return texts;
  }

  private void fetchInto(List<@Nullable String> texts, Map<Integer, String> missing) {
    Map<String, byte[]> found =
        missing.size() == 1 ? Map.of() : map.getAll(Set.copyOf(missing.values()));
    missing.forEach(
        (i, key) -> {
          byte[] bytes = missing.size() == 1 ? map.get(key) : found.get(key);
          if (bytes != null) {
            String text = text(bytes);
            recent.put(key, text);
            texts.set(i, text);
          }
        });
  }

  /** Changes what precedes the content of a text, unless it is deleted. */
  public void change(Ref ref, UnaryOperator<String> change) {
    String key = ref.key();
    boolean done = false;
    while (!done) {
      byte[] before = map.get(key);
      done =
          before == null
              || map.replace(key, before, toBytes(change.apply(text(before)), stamp(before)));
    }
    recent.remove(key);
  }

  public void delete(Ref ref) {
    delete(List.of(ref));
  }

  /** If that fails, they are left to clean-up. */
  public void delete(List<Ref> refs) {
    Set<String> keys =
        refs.stream().filter(ref -> ref.name() != EMPTY).map(Ref::key).collect(toSet());
    keys.forEach(recent::remove);
    try {
      map.deleteAll(keys);
    } catch (BackendUnavailableException e) {
      LOG.debug("texts that nothing names are left behind", e);
    }
  }

  public void forgetRecent() {
    recent.clear();
  }

  static String text(byte[] bytes) {
    return new String(bytes, Long.BYTES, bytes.length - Long.BYTES, UTF_8);
  }

  static long stamp(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  static byte[] toBytes(String text, long nowMs) {
    byte[] encoded = text.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + encoded.length).putLong(nowMs).put(encoded).array();
  }
}
