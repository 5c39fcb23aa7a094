package dev.sluice.service.auth;

import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * Mints and verifies what the cookie of an operator holds. It names the operator and nothing that
 * the operator may: role and org are looked up at each call, so what the configuration takes away
 * is gone at the next. It counts on all nodes that sign with the same secret and know the operator
 * by the same password.
 */
public final class SessionCookies {

  /** The cookie's name. */
  public static final String NAME = "sluice_session";

  private static final String TYPE = "sluice-session+jwt";
  private static final String AUDIENCE = "sluice-operators";
  private static final String STAMP = "pwd";

  /** What a cookie just minted holds. */
  record Minted(String value, Instant expiresAt) {}

  private final SignedTokens tokens;
  private final Operators operators;
  private final Clock clock;
  private final Duration lifetime;

  /**
   * @param lifetime how long a login counts
   */
  public SessionCookies(SigningKeys keys, Operators operators, Clock clock, Duration lifetime) {
    this.tokens = new SignedTokens(keys, TYPE);
    this.operators = operators;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** Mints one for an operator who has proved to be that. */
  Minted mint(Operator operator) {
    Instant now = clock.instant();
    Instant expiresAt = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
    JwtClaims claims = new JwtClaims();
    claims.setAudience(AUDIENCE);
    claims.setSubject(operator.name());
    claims.setStringClaim(STAMP, stamp(operator, tokens.currentKey()));
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    return new Minted(tokens.sign(claims), expiresAt);
  }

  /**
   * The operator that a cookie names.
   *
   * @throws ApiException 401 if it isn't ours, is over, or its operator is gone or has another
   *     password by now
   */
  Operator verify(String value) {
    Operator operator = null;
    try {
      SignedTokens.Signed signed = tokens.verify(value);
      operator = SignedTokens.refusing(() -> named(signed));
    } catch (ApiException e) {
      // answered below
    }
    if (operator == null) {
      throw ApiException.unauthenticated(WireTexts.SESSION_ENDED);
    }
    return operator;
  }

  private @Nullable Operator named(SignedTokens.Signed signed) throws MalformedClaimException {
    JwtClaims claims = signed.claims();
    Operator operator = operators.find(SignedTokens.required(claims.getSubject()));
    String stamp = SignedTokens.required(claims.getStringClaimValue(STAMP));
    long expiresAt = SignedTokens.required(claims.getExpirationTime()).getValueInMillis();
    return operator != null
            && List.of(AUDIENCE).equals(claims.getAudience())
            && expiresAt > clock.millis()
            && Secrets.same(stamp, stamp(operator, signed.key()))
        ? operator
        : null;
  }

  /** The header that sets the cookie, for as long as it counts. */
  public String header(String value, boolean secure) {
    return header(value, lifetime.toSeconds(), secure);
  }

  /** The header that makes a browser drop the cookie. */
  public static String gone(boolean secure) {
    return header("", 0, secure);
  }

  private static String header(String value, long seconds, boolean secure) {
    return NAME
        + "="
        + value
        + "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  /** Changes with the password, and lets nobody guess it who hasn't the signing key. */
  private static String stamp(Operator operator, SigningKeys.SigningKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.key());
      String subject = "password of " + operator.name() + ":" + operator.secret();
      byte[] hash = mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
