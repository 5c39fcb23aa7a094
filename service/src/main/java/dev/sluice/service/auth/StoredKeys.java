package dev.sluice.service.auth;

import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.backend.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.FleetControl;
import dev.sluice.control.KeyRing;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys whose hashes the store keeps. */
public final class StoredKeys implements KeyRing {

  private final FleetControl control;
  private final Credentials credentials;
  private final CallerVerifier verifier;

  public StoredKeys(FleetControl control, Credentials credentials, CallerVerifier verifier) {
    this.control = control;
    this.credentials = credentials;
    this.verifier = verifier;
  }

  @Override
  public Optional<Minted> mint(
      Actor actor, Key.Type type, String name, Set<Scope> scopes, List<String> projects) {
    if (credentials.keys(actor.org()).size() >= MAX_KEYS) {
      return Optional.empty();
    }
    String secret = Secrets.random("rsk_live_");
    Key key = new Key(Secrets.keyId(secret), actor.org(), type, name, scopes, projects);
    control.addKey(actor, Secrets.sha256(secret), key);
    return Optional.of(new Minted(secret, key));
  }

  @Override
  public boolean revoke(Actor actor, String keyId) {
    boolean known = control.revokeKey(actor, keyId);
    if (known) {
      verifier.forget(actor.org(), keyId);
    }
    return known;
  }
}
