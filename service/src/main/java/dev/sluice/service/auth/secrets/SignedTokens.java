package dev.sluice.service.auth.secrets;

import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies JWTs with HS256 only. {@code kid} allows rotation of the secret, {@code typ}
 * and {@code aud} separate kinds of tokens, {@code iss} separates installations.
 */
public final class SignedTokens {

  public record Signed(JwtClaims claims, SigningKeys.SigningKey key) {}

  private static final AlgorithmConstraints HS256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

  private static final String ISSUED_AT_MS = "iat_ms";

  /** Tolerated clock skew of other nodes. */
  private static final long MAX_SKEW_MS = 60_000;

  private final SigningKeys keys;
  private final String type;
  private final String audience;
  private final boolean moving;

  /**
   * @param moving true for tokens that stay valid where their org moves to: those that a {@link
   *     SigningKeys#isPrevious previous} secret signs may be of another installation
   */
  public SignedTokens(SigningKeys keys, String type, String audience, boolean moving) {
    this.keys = keys;
    this.type = type;
    this.audience = audience;
    this.moving = moving;
  }

  public SigningKeys.SigningKey currentKey() {
    return keys.current();
  }

  public String sign(JwtClaims claims, long issuedAtMs) {
    claims.setIssuer(keys.installation());
    claims.setAudience(audience);
    claims.setIssuedAt(NumericDate.fromMilliseconds(issuedAtMs));
    claims.setNotBefore(NumericDate.fromMilliseconds(issuedAtMs));
    claims.setClaim(ISSUED_AT_MS, issuedAtMs);
    try {
      JsonWebSignature jws = new JsonWebSignature();
      SigningKeys.SigningKey key = keys.current();
      jws.setHeader("typ", type);
      jws.setKeyIdHeaderValue(key.id());
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
      jws.setKey(key.key());
      jws.setPayload(claims.toJson());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("Can't sign tokens", e);
    }
  }

  /** Returns the claims, even if expired. */
  public Signed verify(String token, long nowMs) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(HS256_ONLY);
    @Nullable String keyId =
        refusing(
            () -> {
              jws.setCompactSerialization(token);
              return jws.getKeyIdHeaderValue();
            });
    SigningKeys.SigningKey key = keys.byId(keyId); // its trouble with the store isn't the caller's
    String issuer = keys.installation();
    return Objects.requireNonNull(
        refusing(
            () -> {
              jws.setKey(key.key());
              if (!jws.verifySignature() || !type.equals(jws.getHeader("typ"))) {
                throw ApiException.invalidKey();
              }
              JwtClaims claims = JwtClaims.parse(jws.getPayload());
              boolean ours =
                  (issuer.equals(claims.getIssuer()) || moving && keys.isPrevious(key))
                      && List.of(audience).equals(claims.getAudience());
              if (!ours || early(claims, nowMs)) {
                throw ApiException.invalidKey();
              }
              return new Signed(claims, key);
            }));
  }

  private static boolean early(JwtClaims claims, long nowMs) throws MalformedClaimException {
    long latest = nowMs + MAX_SKEW_MS;
    return required(claims.getNotBefore()).getValueInMillis() > latest
        || required(claims.getIssuedAt()).getValueInMillis() > latest
        || issuedAtMs(claims) > latest;
  }

  public static long issuedAtMs(JwtClaims claims) throws MalformedClaimException {
    return required(claims.getClaimValue(ISSUED_AT_MS, Long.class));
  }

  /**
   * Maps all exceptions of a step to 401: the library throws undeclared ones for unexpected types
   * and huge numbers.
   */
  public static <T> @Nullable T refusing(Callable<T> step) {
    try {
      return step.call();
    } catch (Exception e) {
      throw ApiException.invalidKey();
    }
  }

  public static <T> T required(@Nullable T claim) throws MalformedClaimException {
    if (claim == null) {
      throw new MalformedClaimException("missing");
    }
    return claim;
  }
}
