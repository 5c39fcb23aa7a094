package dev.sluice.service.auth;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.Refusals;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

public final class StoredKeys implements KeyRing {

  private final Audit audit;
  private final Credentials credentials;
  private final CallerVerifier verifier;
  private final Clock clock;

  public StoredKeys(Audit audit, Credentials credentials, CallerVerifier verifier, Clock clock) {
    this.clock = clock;
    this.audit = audit;
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
    audit.add(actor.org(), actor.note(), "mint", key.id(), name);
    credentials.mintKey(Secrets.sha256(secret), key);
    return Optional.of(new Minted(secret, key));
  }

  /** A key expires no later than the one that minted it. */
  private static @Nullable Long notBeyond(List<Key> all, String minter, @Nullable Long expiresAt) {
    for (Key key : all) {
      Long end = key.expiresAt();
      if (end != null && key.id().equals(minter)) {
        return expiresAt == null ? end : Long.valueOf(Math.min(expiresAt, end));
      }
    }
    return expiresAt;
  }

  /** Revokes expired keys of all orgs, so that their workers end too; of a closed one later. */
  public void revokeExpired() {
    for (Key key : credentials.expired(clock.millis())) {
      Actor sluice = new Actor(key.org(), "sluice", "it has expired");
      Refusals.except(Set.of(Refusal.CLOSED), () -> revoke(sluice, key.id()), whileClosed -> false);
    }
  }

  @Override
  public boolean revoke(Actor actor, String keyId) {
    // The store notes all that it is told to revoke: an id that is no key would stay there for
    // good.
    List<Key> all = credentials.keys(actor.org());
    boolean known = all.stream().anyMatch(key -> key.id().equals(keyId));
    if (known) {
      for (String id : Key.family(all, keyId)) {
        String detail = id.equals(keyId) ? "" : "with " + keyId;
        audit.add(actor.org(), actor.note(), "revoke", id, detail);
      }
      credentials.revoke(actor.org(), keyId);
      verifier.forget(actor.org());
    }
    return known;
  }
}
