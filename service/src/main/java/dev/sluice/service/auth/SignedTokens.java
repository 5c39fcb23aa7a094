package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies JWTs: HS256 and nothing else, with {@code kid}, so that the secret can be
 * changed while tokens of the one before still count, and with {@code typ}, so that a token of one
 * kind is none of another.
 */
final class SignedTokens {

  /** What was signed, and with which key. */
  record Signed(JwtClaims claims, SigningKeys.SigningKey key) {}

  private static final AlgorithmConstraints HS256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

  private final SigningKeys keys;
  private final String type;

  SignedTokens(SigningKeys keys, String type) {
    this.keys = keys;
    this.type = type;
  }

  /** The key that signs now. */
  SigningKeys.SigningKey currentKey() {
    return keys.current();
  }

  /** The compact form of claims, signed with the current key. */
  String sign(JwtClaims claims) {
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

  /**
   * The claims of a token, whatever they are and even if they have expired.
   *
   * @throws ApiException 401 if a key of ours hasn't signed it as a token of this type
   */
  Signed verify(String token) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(HS256_ONLY);
    @Nullable String keyId =
        refusing(
            () -> {
              jws.setCompactSerialization(token);
              return jws.getKeyIdHeaderValue();
            });
    SigningKeys.SigningKey key = keys.byId(keyId); // its trouble with the store isn't the caller's
    return Objects.requireNonNull(
        refusing(
            () -> {
              jws.setKey(key.key());
              if (!jws.verifySignature() || !type.equals(jws.getHeader("typ"))) {
                throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
              }
              return new Signed(JwtClaims.parse(jws.getPayload()), key);
            }));
  }

  /**
   * Whatever fails while a token is read is the fault of who made it: the library throws more than
   * it declares at members of another type than it expects, or at numbers beyond a long.
   */
  static <T> @Nullable T refusing(Callable<T> step) {
    try {
      return step.call();
    } catch (Exception e) {
      throw ApiException.unauthenticated(WireTexts.INVALID_KEY);
    }
  }

  /** A claim that must be there. */
  static <T> T required(@Nullable T claim) throws MalformedClaimException {
    if (claim == null) {
      throw new MalformedClaimException("missing");
    }
    return claim;
  }
}
