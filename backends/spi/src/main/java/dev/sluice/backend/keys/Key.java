package dev.sluice.backend.keys;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opaque credential. The secret itself is never stored.
 *
 * @param id names it in audit lines and on the workers registered with it
 * @param org whose it is
 * @param type what kind of caller holds it
 * @param name for people
 * @param scopes what it allows
 * @param projects what all its calls, and those of workers it registers, are bound to; empty means
 *     all
 * @param createdAt epoch ms; 0 if it isn't known
 * @param expiresAt epoch ms; null if it doesn't expire
 * @param mintedBy id of the credential that minted it; null if the environment gave it
 */
public record Key(
    String id,
    String org,
    Type type,
    String name,
    Set<Scope> scopes,
    List<String> projects,
    long createdAt,
    @Nullable Long expiresAt,
    @Nullable String mintedBy) {

  /** The two kinds of key that share a prefix, protocol 2.1. */
  public enum Type {
    /** Registers workers and acts for those it registered. */
    WORKER_REGISTRATION,
    /** A person or a producer. */
    USER
  }

  /** A key that doesn't expire, of unknown origin. */
  public Key(
      String id, String org, Type type, String name, Set<Scope> scopes, List<String> projects) {
    this(id, org, type, name, scopes, projects, 0, null, null);
  }

  public Key {
    scopes = Set.copyOf(scopes);
    projects = List.copyOf(projects);
  }

  /** True from the end of its life on. */
  public boolean expired(long nowMs) {
    return expiresAt != null && expiresAt <= nowMs;
  }

  /**
   * Returns the ids of a key and of all keys that it minted, or that those did; a parent comes
   * before its children.
   *
   * @param keys the keys of its org
   */
  public static List<String> family(Collection<Key> keys, String keyId) {
    Set<String> family = new LinkedHashSet<>(List.of(keyId));
    boolean more = true;
    while (more) {
      more = false;
      for (Key key : keys) {
        more |= family.contains(key.mintedBy()) && family.add(key.id());
      }
    }
    return List.copyOf(family);
  }
}
