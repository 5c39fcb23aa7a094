package dev.sluice.backend.engine.tables;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that this node stored or fetched. A stored text never changes and its key is never reused,
 * so a copy is valid as long as anything names it. Saves a trip to another thread or node at each
 * claim and report.
 */
public final class TextCache {

  /** Longer texts would evict too many others. */
  private static final int LONGEST = 1 << 16;

  private final long most;
  private final Map<String, String> texts = new LinkedHashMap<>(1 << 10, 0.75f, true);
  private long held;

  /**
   * @param most about the characters to keep; 0 keeps none
   */
  public TextCache(long most) {
    this.most = most;
  }

  public synchronized @Nullable String get(String key) {
    return texts.get(key);
  }

  public synchronized void put(String key, String text) {
    if (most == 0 || text.length() > LONGEST || texts.putIfAbsent(key, text) != null) {
      return;
    }
    held += key.length() + text.length();
    var eldest = texts.entrySet().iterator();
    while (held > most) {
      Map.Entry<String, String> out = eldest.next();
      held -= out.getKey().length() + out.getValue().length();
      eldest.remove();
    }
  }

  public synchronized void remove(String key) {
    String text = texts.remove(key);
    if (text != null) {
      held -= key.length() + text.length();
    }
  }

  public synchronized void clear() {
    texts.clear();
    held = 0;
  }
}
