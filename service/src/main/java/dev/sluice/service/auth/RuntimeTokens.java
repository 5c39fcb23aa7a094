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
import java.util.concurrent.Callable;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Mints and verifies runtime tokens, protocol 2.3: HS256 and nothing else, with {@code kid}, so
 * that the secret can be changed while tokens of the one before still count.
 *
 * <p>Verified tokens are remembered by their hash, since the check costs as much as the rest of a
 * poll; the expiry is looked at each time all the same.
 */
public final class RuntimeTokens {

  /** A token just minted. */
  public record Minted(String token, Instant expiresAt) {}

  /** What a verified token says; it may have expired. */
  record Verified(Caller caller, long expiresAtMs) {}

  private static final AlgorithmConstraints HS256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

  private final SigningKeys keys;
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
    this.keys = keys;
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
    try {
      JsonWebSignature jws = new JsonWebSignature();
      SigningKeys.SigningKey key = keys.current();
      jws.setHeader("typ", "JWT");
      jws.setKeyIdHeaderValue(key.id());
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
      jws.setKey(key.key());
      jws.setPayload(claims.toJson());
      return new Minted(jws.getCompactSerialization(), expiresAt);
    } catch (JoseException e) {
      throw new IllegalStateException("Can't sign runtime tokens", e);
    }
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
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(HS256_ONLY);
    @Nullable String keyId =
        refusing(
            () -> {
              jws.setCompactSerialization(token);
              return jws.getKeyIdHeaderValue();
            });
    SigningKeys.SigningKey key = keys.byId(keyId); // its trouble with the store isn't the caller's
    Verified fresh = Objects.requireNonNull(refusing(() -> verified(jws, key)));
    verified.put(hash, fresh);
    return fresh;
  }

  private static Verified verified(JsonWebSignature jws, SigningKeys.SigningKey key)
      throws JoseException, InvalidJwtException, MalformedClaimException {
    jws.setKey(key.key());
    if (!jws.verifySignature()) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
    JwtClaims claims = JwtClaims.parse(jws.getPayload());
    return new Verified(
        new Caller(
            Caller.Mode.RUNTIME_TOKEN,
            required(claims.getStringClaimValue("org")),
            required(claims.getSubject()),
            required(claims.getStringClaimValue("reg")),
            Set.of(),
            List.of()),
        required(claims.getExpirationTime()).getValueInMillis());
  }

  /**
   * Whatever fails while a token is read is the fault of who made it: the library throws more than
   * it declares at members of another type than it expects, or at numbers beyond a long.
   */
  private static <T> @Nullable T refusing(Callable<T> step) {
    try {
      return step.call();
    } catch (Exception e) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
  }

  private static <T> T required(@Nullable T claim) throws MalformedClaimException {
    if (claim == null) {
      throw new MalformedClaimException("missing");
    }
    return claim;
  }
}
