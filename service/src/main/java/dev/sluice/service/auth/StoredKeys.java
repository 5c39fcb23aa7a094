package dev.sluice.service.auth;

import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.backend.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.control.KeyRing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys whose hashes the store keeps. */
public final class StoredKeys implements KeyRing {

  private final FleetControl control;
  private final Credentials credentials;
  private final CallerVerifier verifier;
  private final Clock clock;

  public StoredKeys(
      FleetControl control, Credentials credentials, CallerVerifier verifier, Clock clock) {
    this.clock = clock;
    this.control = control;
    this.credentials = credentials;
    this.verifier = verifier;
  }

  @Override
  public Optional<Minted> mint(
      Actor actor,
      Key.Type type,
      String name,
      Set<Scope> scopes,
      List<String> projects,
      @Nullable Long expiresAt) {
    List<Key> all = credentials.keys(actor.org());
    if (all.size() >= MAX_KEYS) {
      return Optional.empty();
    }
    String secret = Secrets.random("rsk_live_");
    Key key =
        new Key(
            Secrets.keyId(secret),
            actor.org(),
            type,
            name,
            scopes,
            projects,
            clock.millis(),
            notBeyond(all, actor.name(), expiresAt),
            actor.name());
    control.addKey(actor, Secrets.sha256(secret), key);
    return Optional.of(new Minted(secret, key));
  }

  /** No key outlives the one that minted it. */
  private static @Nullable Long notBeyond(List<Key> all, String minter, @Nullable Long expiresAt) {
    for (Key key : all) {
      Long end = key.expiresAt();
      if (end != null && key.id().equals(minter)) {
        return expiresAt == null ? end : Long.valueOf(Math.min(expiresAt, end));
      }
    }
    return expiresAt;
  }

  /** Revokes the keys of all orgs that have expired, so that their workers end too. */
  public void revokeExpired() {
    for (Key key : credentials.expired(clock.millis())) {
      revoke(new Actor(key.org(), "sluice", "it has expired"), key.id());
    }
  }

  @Override
  public boolean revoke(Actor actor, String keyId) {
    boolean known = control.revokeKey(actor, keyId);
    if (known) {
      verifier.forget(actor.org());
    }
    return known;
  }
}
