package dev.sluice.control;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mints and revokes keys; each act writes an audit line. */
public interface KeyRing {

  /** About the maximum of an org: keys are listed whole. */
  int MAX_KEYS = 1_000;

  int MAX_PROJECTS = 1_000;

  /**
   * The secret is never shown again.
   *
   * @param secret {@code rsk_live_...}
   */
  record Minted(String secret, Key key) {

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Minted[" + key.id() + "]";
    }
  }

  /**
   * Mints a key of the actor's org.
   *
   * @param scopes for a registration key only {@link Scope#WORKER_REGISTER}
   * @param projects of its workers; empty means all
   * @param expiresAt epoch ms; null for none. A key minted by a key ends with it
   * @return empty if the org has {@link #MAX_KEYS}
   */
  Optional<Minted> mint(
      Actor actor,
      Key.Type type,
      String name,
      Set<Scope> scopes,
      List<String> projects,
      @Nullable Long expiresAt);

  /**
   * As {@link dev.sluice.backend.keys.Credentials#revoke}: on this node at once, on others within 5
   * s.
   *
   * @return true if the key existed
   */
  boolean revoke(Actor actor, String keyId);
}
