package dev.sluice.admin;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

record TestKeys(QueueBackend backend) implements KeyRing {

  @Override
  public Optional<Minted> mint(
      Actor actor,
      Key.Type type,
      String name,
      Set<Scope> scopes,
      List<String> projects,
      Long expiresAt) {
    if (name.equals("one too many")) {
      return Optional.empty();
    }
    String secret = "rsk_live_" + UUID.randomUUID();
    String id = "key-" + UUID.randomUUID();
    Key key = new Key(id, actor.org(), type, name, scopes, projects, 0, expiresAt, actor.name());
    backend.audit().add(actor.org(), actor.note(), "mint", id, name);
    backend.credentials().addKey("hash of " + secret, key);
    return Optional.of(new Minted(secret, key));
  }

  @Override
  public boolean revoke(Actor actor, String keyId) {
    backend.audit().add(actor.org(), actor.note(), "revoke", keyId, "");
    return backend.credentials().revoke(actor.org(), keyId);
  }
}
