package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Mints and verifies runtime tokens, protocol 2.3.
 *
 * <p>Verified tokens are remembered by their hash, since the check costs as much as the rest of a
 * poll; the expiry is looked at each time all the same.
 */
public final class RuntimeTokens {

  /** A token just minted. */
  public record Minted(String token, Instant expiresAt) {}

  /** What a verified token says; it may have expired. */
  record Verified(Caller caller, long expiresAtMs) {}

  private static final String TYPE = "JWT";

  private final SignedTokens tokens;
  private final Clock clock;
  private final Duration lifetime;
  private final Duration refreshGrace;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(50_000).build();

  /**
   * @param lifetime how long a token counts
   * @param refreshGrace how long after its end it may still ask for a new one
   */
  public RuntimeTokens(SigningKeys keys, Clock clock, Duration lifetime, Duration refreshGrace) {
    this.tokens = new SignedTokens(keys, TYPE);
    this.clock = clock;
    this.lifetime = lifetime;
    this.refreshGrace = refreshGrace;
  }

  /**
   * Mints a token for a worker.
   *
   * @param project informational
   * @param registeredBy id of the registration token
   */
  public Minted mint(String org, String workerId, String project, String registeredBy) {
    Instant now = clock.instant();
    Instant expiresAt = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
    JwtClaims claims = new JwtClaims();
    claims.setJwtId(Secrets.randomHex(12));
    claims.setSubject(workerId);
    claims.setStringClaim("org", org);
    claims.setStringClaim("proj", project);
    claims.setStringClaim("reg", registeredBy);
    claims.setStringListClaim("scope", "worker:poll", "worker:heartbeat", "worker:session");
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    return new Minted(tokens.sign(claims), expiresAt);
  }

  /**
   * The caller of a token.
   *
   * @throws ApiException 401, with the text of an expired token where it is just that
   */
  Caller verify(String token) {
    Verified found = read(token);
    if (found.expiresAtMs() <= clock.millis()) {
      throw ApiException.unauthenticated(WireTexts.TOKEN_EXPIRED);
    }
    return found.caller();
  }

  /** The same, for a call that asks for a new token. */
  Caller verifyForRefresh(String token) {
    Verified found = read(token);
    if (found.expiresAtMs() <= clock.millis() - refreshGrace.toMillis()) {
      throw ApiException.unauthenticated(WireTexts.TOKEN_EXPIRED);
    }
    return found.caller();
  }

  private Verified read(String token) {
    String hash = Secrets.sha256(token);
    Verified known = verified.getIfPresent(hash);
    if (known != null) {
      return known;
    }
    JwtClaims claims = tokens.verify(token).claims();
    Verified fresh =
        Objects.requireNonNull(SignedTokens.refusing(() -> RuntimeTokens.verified(claims)));
    verified.put(hash, fresh);
    return fresh;
  }

  private static Verified verified(JwtClaims claims) throws MalformedClaimException {
    return new Verified(
        new Caller(
            Caller.Mode.RUNTIME_TOKEN,
            SignedTokens.required(claims.getStringClaimValue("org")),
            SignedTokens.required(claims.getSubject()),
            SignedTokens.required(claims.getStringClaimValue("reg")),
            Set.of(),
            List.of()),
        SignedTokens.required(claims.getExpirationTime()).getValueInMillis());
  }
}
