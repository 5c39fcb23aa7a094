package dev.sluice.control;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes keys with their secrets, and revokes them; each leaves an audit line. */
public interface KeyRing {

  /** Most keys of an org, but for a race or two: they are listed whole. */
  int MAX_KEYS = 1_000;

  /** Most projects of a key. */
  int MAX_PROJECTS = 1_000;

  /**
   * A key just made, with the secret that nobody but its holder will see again.
   *
   * @param secret {@code rsk_live_...}
   * @param key what is stored of it
   */
  record Minted(String secret, Key key) {

    /** Never the secret. */
    @Override
    public String toString() {
      return "Minted[" + key.id() + "]";
    }
  }

  /**
   * Makes a key of the actor's org.
   *
   * @param scopes what it shall allow; of a registration key {@link Scope#WORKER_REGISTER} alone
   * @param projects what its workers may register for; empty means all
   * @param expiresAt end of its life, epoch ms; null for none. A key that a key mints ends with it
   * @return empty when the org has {@link #MAX_KEYS} already
   */
  Optional<Minted> mint(
      Actor actor,
      Key.Type type,
      String name,
      Set<Scope> scopes,
      List<String> projects,
      @Nullable Long expiresAt);

  /**
   * Revokes a key of the actor's org and all keys that it minted, and those that they did: on this
   * node it opens nothing from now on, elsewhere within 5 s; workers that it registered are unknown
   * at once.
   *
   * @return whether there was such a key; nothing changed if not
   */
  boolean revoke(Actor actor, String keyId);
}
