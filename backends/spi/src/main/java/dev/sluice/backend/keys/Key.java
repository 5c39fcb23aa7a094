package dev.sluice.backend.keys;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A credential without its secret.
 *
 * @param name for people
 * @param projects of its calls and its workers; empty means all
 * @param createdAt epoch ms; 0 if unknown
 * @param expiresAt epoch ms; null for never
 * @param mintedBy credential; null if given by the environment
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

  /** The kinds share a prefix. */
  public enum Type {
    /** Registers workers and acts for them. */
    WORKER_REGISTRATION,
    /** For people and producers. */
    USER
  }

  public Key(
      String id, String org, Type type, String name, Set<Scope> scopes, List<String> projects) {
    this(id, org, type, name, scopes, projects, 0, null, null);
  }

  public Key {
    scopes = Set.copyOf(scopes);
    projects = List.copyOf(projects);
  }

  public Key in(String otherOrg) {
    return new Key(id, otherOrg, type, name, scopes, projects, createdAt, expiresAt, mintedBy);
  }

  public boolean expired(long nowMs) {
    return expiresAt != null && expiresAt <= nowMs;
  }

  /**
   * Ids of a key and of all keys minted by it, directly or not; parents before children.
   *
   * @param keys all of the org
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
