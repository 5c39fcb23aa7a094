package dev.sluice.service.auth.http;

import dev.sluice.service.auth.Operator;
import dev.sluice.service.auth.Operators;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.auth.secrets.SignedTokens;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.errors.ApiException;
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
 * A cookie names only the operator; role and org are looked up at each call, so a changed
 * configuration applies at once. It is valid on all nodes with the same signing secret and
 * password.
 */
public final class SessionCookies {

  public static final String NAME = "sluice_session";

  private static final String TYPE = "sluice-session+jwt";
  private static final String AUDIENCE = "sluice-operators";
  private static final String STAMP = "pwd";

  record Minted(String value, Instant expiresAt) {}

  record Session(Operator operator, String id, long issuedAtMs) {}

  private final SignedTokens tokens;
  private final Operators operators;
  private final Clock clock;
  private final Duration lifetime;
  private final TokenEnds ends;

  public SessionCookies(
      SigningKeys keys, Operators operators, Clock clock, Duration lifetime, TokenEnds ends) {
    this.tokens = new SignedTokens(keys, TYPE, AUDIENCE, false);
    this.ends = ends;
    this.operators = operators;
    this.clock = clock;
    this.lifetime = lifetime;
  }

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

  /** On this node at once, on others within 5 s. */
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

  /** Refuses also if the operator is gone or has another password. */
  Operator verify(String value) {
    return session(value).operator();
  }

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
      throw ApiException.loginEnded();
    }
    return session;
  }

  private @Nullable Session named(SignedTokens.Signed signed) throws MalformedClaimException {
    JwtClaims claims = signed.claims();
    String stamp = SignedTokens.required(claims.getStringClaimValue(STAMP));
    long expiresAt = SignedTokens.required(claims.getExpirationTime()).getValueInMillis();
    for (Operator operator : operators.find(SignedTokens.required(claims.getSubject()))) {
      if (expiresAt > clock.millis() && Secrets.same(stamp, stamp(operator, signed.key()))) {
        return new Session(
            operator, SignedTokens.required(claims.getJwtId()), SignedTokens.issuedAtMs(claims));
      }
    }
    return null;
  }

  public String header(String value, boolean secure) {
    return header(value, lifetime.toSeconds(), secure);
  }

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

  /** Changes with the password; can't be used to guess it without the signing key. */
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
