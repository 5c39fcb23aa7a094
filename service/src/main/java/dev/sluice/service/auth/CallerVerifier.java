package dev.sluice.service.auth;

import dev.sluice.backend.keys.Key;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * The caller that a genuine credential names. The credential may be a runtime token that has
   * expired and can still be refreshed.
   */
  public static final class Identity {
    private final String bearer;
    private final Caller caller;
    private final RuntimeTokens.@Nullable Verified token;

    private Identity(String bearer, Caller caller, RuntimeTokens.@Nullable Verified token) {
      this.bearer = bearer;
      this.caller = caller;
      this.token = token;
    }

    public boolean isOf(String presented) {
      return bearer.equals(presented);
    }

    /** For the refresh of a token. */
    public Caller caller() {
      return caller;
    }
  }

  public Identity identify(String bearer) {
    if (isKey(bearer)) {
      return new Identity(bearer, ofKey(bearer), null);
    }
    if (!RuntimeTokens.shaped(bearer)) {
      return new Identity(bearer, ofLegacyKey(bearer), null);
    }
    RuntimeTokens.Verified token = tokens.verify(bearer);
    return new Identity(bearer, token.caller(), token);
  }

  /** The worker of a runtime token must be registered, and its token not expired. */
  public Caller registered(Identity identity) {
    Caller caller = unexpired(identity);
    return identity.token == null ? caller : standings.require(caller);
  }

  /** Does not look at the worker's registration; see {@link WorkerCaller}. */
  public Caller unexpired(Identity identity) {
    return identity.token == null ? identity.caller : tokens.unexpired(identity.token);
  }

  /** Verifies a registration token in a body. */
  public Caller verifyKey(String secret) {
    if (!isKey(secret)) {
      throw ApiException.invalidKey();
    }
    return ofKey(secret);
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
    return new Caller(mode, key.org(), null, key.id(), key.scopes(), Projects.of(key.projects()));
  }

  private Caller ofLegacyKey(String bearer) {
    if (legacyKeys.stream().noneMatch(key -> Secrets.same(bearer, key))) {
      throw ApiException.invalidKey();
    }
    return new Caller(Caller.Mode.LEGACY_KEY, DEFAULT_ORG, null, LEGACY_ID, Set.of(), Projects.ALL);
  }
}
