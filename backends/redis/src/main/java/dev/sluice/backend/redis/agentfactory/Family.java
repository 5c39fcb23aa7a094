package dev.sluice.backend.redis.agentfactory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that are read; a key is of the first family that it matches. */
enum Family {
  QUEUE("work:queue", "zset", "list"),
  ITEMS("work:items", "hash"),
  BACKOFF("work:backoff", "zset"),
  BACKOFF_ITEMS("work:backoff:items", "hash"),
  SUSPENDED("work:suspended", "hash"),
  WAKE("work:wake", "zset"),
  CLAIM("work:claim:*", "string"),
  WORKER_SESSIONS("work:worker:*:sessions", "set"),
  WORKER("work:worker:*", "string"),
  SESSION("agent:session:*", "string"),
  LOCK("issue:lock:*", "string"),
  /** Also the sorted set of an issue whose id begins with {@code items:}. */
  PARKED_ITEMS("issue:pending:items:*", "hash", "zset"),
  PARKED("issue:pending:*", "zset"),
  ARCHIVE_URGENT("agent:inbox:archive:*:urgent", "stream"),
  ARCHIVE_NORMAL("agent:inbox:archive:*:normal", "stream"),
  INBOX_URGENT("agent:inbox:*:urgent", "stream"),
  INBOX_NORMAL("agent:inbox:*:normal", "stream"),
  CANCEL("session:cancel:*", "string"),
  PROMPTS("session:prompts:*", "list"),
  QUOTA("fleet:quota:config:*", "string");

  private final Pattern pattern;
  private final List<String> types;

  Family(String pattern, String... types) {
    this.pattern = new Pattern(pattern);
    this.types = List.of(types);
  }

  static @Nullable Family of(String key) {
    for (Family family : values()) {
      if (family.pattern.matches(key)) {
        return family;
      }
    }
    return null;
  }

  boolean may(String type) {
    return types.contains(type);
  }

  String types() {
    return String.join(" or ", types);
  }

  /** The key of an id, or the only one. */
  String key(String id) {
    return pattern.exact ? pattern.before : pattern.before + id + pattern.after;
  }

  /** The id in a key. */
  String id(String key) {
    return key.substring(pattern.before.length(), key.length() - pattern.after.length());
  }

  /** A key, or what is before and after an id. */
  static final class Pattern {

    private final String before;
    private final String after;
    private final boolean exact;

    Pattern(String text) {
      int star = text.indexOf('*');
      exact = star < 0;
      before = exact ? text : text.substring(0, star);
      after = exact ? "" : text.substring(star + 1);
    }

    boolean matches(String key) {
      return exact
          ? key.equals(before)
          : key.length() > before.length() + after.length()
              && key.startsWith(before)
              && key.endsWith(after);
    }
  }
}
