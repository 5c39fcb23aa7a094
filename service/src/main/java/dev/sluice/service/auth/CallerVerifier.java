package dev.sluice.service.auth;

import dev.sluice.backend.keys.Key;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.util.List;
import java.util.Set;

/**
 * Identifies callers by bearer, in this order: keys by prefix, runtime tokens by three base64url
 * segments, else the legacy key.
 */
public final class CallerVerifier {

  public static final String LEGACY_ID = "legacy";

  /** The org of the legacy key and of the keys in the environment. */
  public static final String DEFAULT_ORG = "default";

  private final KeyLookups keys;
  private final KeyUses uses;
  private final RuntimeTokens tokens;
  private final WorkerStandings standings;
  private final List<String> legacyKeys;

  /** Refuses every legacy key if there are no {@code legacyKeys}. */
  public CallerVerifier(
      KeyLookups keys,
      KeyUses uses,
      RuntimeTokens tokens,
      WorkerStandings standings,
      List<String> legacyKeys) {
    if (legacyKeys.stream().anyMatch(key -> isKey(key) || RuntimeTokens.shaped(key))) {
      throw new IllegalArgumentException(
          "credentials.legacyKey (WORKER_API_KEY) must not look like a runtime token, nor begin"
              + " with rsk_ or rsp_: it would be taken for one of those and never match");
    }
    this.keys = keys;
    this.uses = uses;
    this.tokens = tokens;
    this.standings = standings;
    this.legacyKeys = List.copyOf(legacyKeys);
  }

  /** The worker of a runtime token must be registered. */
  public Caller verify(String bearer) {
    Caller caller = verifySecret(bearer);
    return caller.mode() == Caller.Mode.RUNTIME_TOKEN ? standings.require(caller) : caller;
  }

  /** Does not look at the worker's registration; see {@link WorkerCaller}. */
  public Caller verifySecret(String bearer) {
    return isKey(bearer)
        ? ofKey(bearer)
        : RuntimeTokens.shaped(bearer) ? tokens.verify(bearer) : ofLegacyKey(bearer);
  }

  /** Verifies a registration token in a body. */
  public Caller verifyKey(String secret) {
    if (!isKey(secret)) {
      throw ApiException.invalidKey();
    }
    return ofKey(secret);
  }

  /** Accepts an expired runtime token while it can be refreshed. */
  public Caller verifyForRefresh(String bearer) {
    return !isKey(bearer) && RuntimeTokens.shaped(bearer)
        ? tokens.verifyForRefresh(bearer)
        : verifySecret(bearer);
  }

  /** Clears the caches after a revocation; other nodes do so within 5 s. */
  public void forget(String org) {
    standings.forgetAll();
    keys.forget(org);
  }

  public static FailedAuthentication failure(String bearer, ApiException refused) {
    if (isKey(bearer)) {
      return FailedAuthentication.UNKNOWN_KEY;
    }
    if (!RuntimeTokens.shaped(bearer)) {
      return FailedAuthentication.WRONG_LEGACY_KEY;
    }
    return switch (String.valueOf(refused.getMessage())) {
      case WireTexts.TOKEN_EXPIRED -> FailedAuthentication.EXPIRED_TOKEN;
      case WireTexts.WORKER_GONE -> FailedAuthentication.WORKER_GONE;
      default -> FailedAuthentication.INVALID_TOKEN;
    };
  }

  private static boolean isKey(String bearer) {
    return bearer.startsWith("rsk_") || bearer.startsWith("rsp_");
  }

  private Caller ofKey(String secret) {
    Key key = keys.find(Secrets.sha256(secret)).orElseThrow(ApiException::invalidKey);
    uses.use(key);
    Caller.Mode mode =
        key.type() == Key.Type.USER ? Caller.Mode.USER_KEY : Caller.Mode.REGISTRATION_TOKEN;
    return new Caller(mode, key.org(), null, key.id(), key.scopes(), key.projects());
  }

  private Caller ofLegacyKey(String bearer) {
    if (legacyKeys.stream().noneMatch(key -> Secrets.same(bearer, key))) {
      throw ApiException.invalidKey();
    }
    return new Caller(Caller.Mode.LEGACY_KEY, DEFAULT_ORG, null, LEGACY_ID, Set.of(), List.of());
  }
}
