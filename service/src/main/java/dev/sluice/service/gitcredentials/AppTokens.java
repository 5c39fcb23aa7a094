package dev.sluice.service.gitcredentials;

import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** The JWT by which an app authenticates to GitHub. */
final class AppTokens {

  /** Tolerated lag of GitHub's clock. */
  private static final Duration BACK = Duration.ofMinutes(1);

  /** GitHub accepts at most ten minutes from its own clock. */
  private static final Duration AHEAD = Duration.ofMinutes(8);

  private final String appId;
  private final PrivateKey key;
  private final Clock clock;

  AppTokens(String appId, PrivateKey key, Clock clock) {
    this.appId = appId;
    this.key = key;
    this.clock = clock;
  }

  String make() {
    Instant now = clock.instant();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(appId);
    claims.setIssuedAt(NumericDate.fromSeconds(now.minus(BACK).getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.plus(AHEAD).getEpochSecond()));
    JsonWebSignature jws = new JsonWebSignature();
    jws.setHeader("typ", "JWT");
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    jws.setKey(key);
    jws.setPayload(claims.toJson());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("Can't sign with the key of the app"); // its cause may tell
    }
  }
}
