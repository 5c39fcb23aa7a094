package dev.sluice.service.auth;

import dev.sluice.backend.Key;
import dev.sluice.backend.Scope;
import java.util.List;
import java.util.Set;

/**
 * A key just made, with the secret that nobody but its holder will see again.
 *
 * @param secret {@code rsk_live_...}
 * @param key what is stored of it
 */
public record NewKey(String secret, Key key) {

  /** Makes one. */
  public static NewKey of(
      String org, Key.Type type, String name, Set<Scope> scopes, List<String> projects) {
    String secret = Secrets.random("rsk_live_");
    return new NewKey(secret, new Key(Secrets.keyId(secret), org, type, name, scopes, projects));
  }

  /** What the store finds it by. */
  public String hash() {
    return Secrets.sha256(secret);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "NewKey[" + key.id() + "]";
  }
}
