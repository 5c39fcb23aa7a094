package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers by their bearer, in the order of protocol 2.2: a known prefix is a key, three
 * base64url segments are a runtime token, everything else can only be the legacy key.
 */
public final class CallerVerifier {

  /** Credential id of the legacy key, on the workers registered with it. */
  public static final String LEGACY_ID = "legacy";

  /** The org of the legacy key, and of the keys that the environment gives. */
  public static final String DEFAULT_ORG = "default";

  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private final Credentials credentials;
  private final RuntimeTokens tokens;
  private final WorkerStandings standings;
  private final @Nullable String legacyKey;
  // Bounds how long a revoked key still counts on this node.
  private final Cache<String, Optional<Key>> keys =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(5)).build();

  /**
   * @param legacyKey null switches that mode off
   * @throws IllegalArgumentException if the legacy key looks like another kind of credential
   */
  public CallerVerifier(
      Credentials credentials,
      RuntimeTokens tokens,
      WorkerStandings standings,
      @Nullable String legacyKey) {
    if (legacyKey != null && (isKey(legacyKey) || JWT.matcher(legacyKey).matches())) {
      throw new IllegalArgumentException(
          "credentials.legacyKey (WORKER_API_KEY) must not look like a runtime token, nor begin"
              + " with rsk_ or rsp_: it would be taken for one of those and never match");
    }
    this.credentials = credentials;
    this.tokens = tokens;
    this.standings = standings;
    this.legacyKey = legacyKey;
  }

  /**
   * The caller behind a bearer; that of a runtime token must still be registered.
   *
   * @throws ApiException 401
   */
  Caller verify(String bearer) {
    Caller caller = verifySecret(bearer);
    return caller.mode() == Caller.Mode.RUNTIME_TOKEN ? standings.require(caller) : caller;
  }

  /** The same without a look at the worker's registration, see {@link WorkerCaller}. */
  Caller verifySecret(String bearer) {
    return isKey(bearer)
        ? ofKey(bearer)
        : JWT.matcher(bearer).matches() ? tokens.verify(bearer) : ofLegacyKey(bearer);
  }

  /**
   * The caller behind a registration token that stands in a body, protocol 3.2: keys only.
   *
   * @throws ApiException 401
   */
  public Caller verifyKey(String secret) {
    if (!isKey(secret)) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
    return ofKey(secret);
  }

  /** The same, but an expired runtime token counts for as long as it may still be refreshed. */
  Caller verifyForRefresh(String bearer) {
    return !isKey(bearer) && JWT.matcher(bearer).matches()
        ? tokens.verifyForRefresh(bearer)
        : verifySecret(bearer);
  }

  /** Forgets a key that was revoked, and its workers; other nodes do so within 5 s. */
  public void forget(String org, String keyId) {
    standings.forgetAll();
    keys.asMap()
        .values()
        .removeIf(
            key ->
                key.filter(each -> each.org().equals(org) && each.id().equals(keyId)).isPresent());
  }

  private static boolean isKey(String bearer) {
    return bearer.startsWith("rsk_") || bearer.startsWith("rsp_");
  }

  private Caller ofKey(String secret) {
    String hash = Secrets.sha256(secret);
    Optional<Key> known = keys.getIfPresent(hash);
    if (known == null) {
      known = credentials.findKey(hash);
      if (known.isPresent()) { // what isn't known yet may be added at any moment
        keys.put(hash, known);
      }
    }
    Key key = known.orElseThrow(() -> ApiException.unauthenticated(WireTexts.INVALID_KEY));
    Caller.Mode mode =
        key.type() == Key.Type.USER ? Caller.Mode.USER_KEY : Caller.Mode.REGISTRATION_TOKEN;
    return new Caller(mode, key.org(), null, key.id(), key.scopes(), key.projects());
  }

  private Caller ofLegacyKey(String bearer) {
    if (legacyKey == null || !Secrets.same(bearer, legacyKey)) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
    return new Caller(Caller.Mode.LEGACY_KEY, DEFAULT_ORG, null, LEGACY_ID, Set.of(), List.of());
  }
}
