package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Operator;
import dev.sluice.service.auth.Operators;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.auth.secrets.SignedTokens;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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

  /** A login that still counts. */
  record Session(Operator operator, String id, long issuedAtMs) {}

  private final SignedTokens tokens;
  private final Operators operators;
  private final Clock clock;
  private final Duration lifetime;
  private final TokenEnds ends;

  /**
   * @param lifetime how long a login counts
   */
  public SessionCookies(
      SigningKeys keys, Operators operators, Clock clock, Duration lifetime, TokenEnds ends) {
    this.tokens = new SignedTokens(keys, TYPE, AUDIENCE);
    this.ends = ends;
    this.operators = operators;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** Mints one for an operator who has proved to be that. */
  Minted mint(Operator operator) {
    long now = ends.issueTime(ofOperator(operator));
    Instant expiresAt =
        Instant.ofEpochSecond(Instant.ofEpochMilli(now).plus(lifetime).getEpochSecond());
    JwtClaims claims = new JwtClaims();
    claims.setJwtId(Secrets.randomHex(12));
    claims.setSubject(operator.name());
    claims.setStringClaim(STAMP, stamp(operator, tokens.currentKey()));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    return new Minted(tokens.sign(claims, now), expiresAt);
  }

  /** Ends the session of a cookie, or all of its operator: here at once, elsewhere within 5 s. */
  void end(Session session, boolean everywhere) {
    if (everywhere) {
      String subject = ofOperator(session.operator());
      ends.end(subject, ends.issueTime(subject), Duration.ZERO, lifetime);
    } else {
      ends.end(ofSession(session.id()), session.issuedAtMs(), Duration.ZERO, lifetime);
    }
  }

  private static String ofOperator(Operator operator) {
    return "operator:" + operator.name();
  }

  private static String ofSession(String id) {
    return "session:" + id;
  }

  /**
   * The operator that a cookie names.
   *
   * @throws ApiException 401 if it isn't ours, is over, or its operator is gone or has another
   *     password by now
   */
  Operator verify(String value) {
    return session(value).operator();
  }

  /** The session of a cookie, see {@link #verify}. */
  Session session(String value) {
    Session session = null;
    try {
      SignedTokens.Signed signed = tokens.verify(value, clock.millis());
      session = SignedTokens.refusing(() -> named(signed));
    } catch (ApiException e) {
      // answered below
    }
    if (session == null
        || ends.ended(ofSession(session.id()), session.issuedAtMs())
        || ends.ended(ofOperator(session.operator()), session.issuedAtMs())) {
      throw ApiException.unauthenticated(WireTexts.SESSION_ENDED);
    }
    return session;
  }

  private @Nullable Session named(SignedTokens.Signed signed) throws MalformedClaimException {
    JwtClaims claims = signed.claims();
    Operator operator = operators.find(SignedTokens.required(claims.getSubject()));
    String stamp = SignedTokens.required(claims.getStringClaimValue(STAMP));
    long expiresAt = SignedTokens.required(claims.getExpirationTime()).getValueInMillis();
    return operator != null
            && expiresAt > clock.millis()
            && Secrets.same(stamp, stamp(operator, signed.key()))
        ? new Session(
            operator, SignedTokens.required(claims.getJwtId()), SignedTokens.issuedAtMs(claims))
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
