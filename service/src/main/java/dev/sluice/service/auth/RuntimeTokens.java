package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.backend.workers.Projects;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.auth.secrets.SignedTokens;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.auth.secrets.TokenEnds;
import dev.sluice.service.errors.ApiException;
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
 * Mints and verifies runtime tokens.
 *
 * <p>Verified tokens are cached, since the verification costs as much as the rest of a poll; the
 * expiry is checked each time.
 */
public final class RuntimeTokens {

  public record Minted(String token, Instant expiresAt) {}

  /** A genuine token, which may have expired. */
  public record Verified(Caller caller, String subject, long issuedAtMs, long expiresAtMs) {}

  private static final String TYPE = "JWT";
  private static final String AUDIENCE = "sluice-workers";
  private static final List<String> SCOPES =
      List.of("worker:poll", "worker:heartbeat", "worker:session");

  /** Validity of a renewed token, in case its worker did not get the new one. */
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  private final SignedTokens tokens;
  private final Clock clock;
  private final Duration lifetime;
  private final Duration refreshGrace;
  private final TokenEnds ends;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(50_000).build();

  /** {@code refreshGrace} starts at the expiry. */
  public RuntimeTokens(
      SigningKeys keys, Clock clock, Duration lifetime, Duration refreshGrace, TokenEnds ends) {
    this.tokens = new SignedTokens(keys, TYPE, AUDIENCE, true);
    this.ends = ends;
    this.clock = clock;
    this.lifetime = lifetime;
    this.refreshGrace = refreshGrace;
  }

  /** Mints a token; {@code project} is informational. */
  public Minted mint(String org, String workerId, String project, String registeredBy) {
    return mint(org, workerId, project, registeredBy, ends.issueTime(subject(org, workerId)));
  }

  /** Replaces the worker's earlier tokens; those stay valid for {@link #OVERLAP}. */
  public Minted renew(String org, String workerId, String project, String registeredBy) {
    String subject = subject(org, workerId);
    long issuedAt = ends.issueTime(subject);
    Minted minted = mint(org, workerId, project, registeredBy, issuedAt);
    ends.end(subject, issuedAt - 1, OVERLAP, lifetime.plus(refreshGrace));
    return minted;
  }

  private Minted mint(
      String org, String workerId, String project, String registeredBy, long issuedAt) {
    Instant expiresAt =
        Instant.ofEpochSecond(Instant.ofEpochMilli(issuedAt).plus(lifetime).getEpochSecond());
    JwtClaims claims = new JwtClaims();
    claims.setJwtId(Secrets.randomHex(12));
    claims.setSubject(workerId);
    claims.setStringClaim("org", org);
    claims.setStringClaim("proj", project);
    claims.setStringClaim("reg", registeredBy);
    claims.setStringListClaim("scope", SCOPES);
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    return new Minted(tokens.sign(claims, issuedAt), expiresAt);
  }

  private static String subject(String org, String workerId) {
    return "worker:" + org + "/" + workerId;
  }

  /** Accepts an expired token while it can be refreshed. */
  public Verified verify(String token) {
    Verified found = read(token);
    if (found.expiresAtMs() <= clock.millis() - refreshGrace.toMillis()
        || ends.ended(found.subject(), found.issuedAtMs())) {
      throw ApiException.tokenExpired();
    }
    return found;
  }

  public Caller unexpired(Verified token) {
    if (token.expiresAtMs() <= clock.millis()) {
      throw ApiException.tokenExpired();
    }
    return token.caller();
  }

  static boolean shaped(String bearer) {
    int dots = 0;
    int segment = 0;
    for (int i = 0; i < bearer.length(); i++) {
      char c = bearer.charAt(i);
      if (c == '.' && segment > 0) {
        dots++;
        segment = 0;
      } else if (base64url(c)) {
        segment++;
      } else {
        return false;
      }
    }
    return dots == 2 && segment > 0;
  }

  private static boolean base64url(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  private Verified read(String token) {
    Verified known = verified.getIfPresent(token);
    if (known != null) {
      return known;
    }
    JwtClaims claims = tokens.verify(token, clock.millis()).claims();
    Verified fresh =
        Objects.requireNonNull(SignedTokens.refusing(() -> RuntimeTokens.verified(claims)));
    verified.put(token, fresh);
    return fresh;
  }

  private static Verified verified(JwtClaims claims) throws MalformedClaimException {
    String org = SignedTokens.required(claims.getStringClaimValue("org"));
    String workerId = SignedTokens.required(claims.getSubject());
    SignedTokens.required(claims.getJwtId());
    if (!claims.getStringListClaimValue("scope").containsAll(SCOPES)) {
      throw new MalformedClaimException("scope");
    }
    return new Verified(
        new Caller(
            Caller.Mode.RUNTIME_TOKEN,
            org,
            workerId,
            SignedTokens.required(claims.getStringClaimValue("reg")),
            Set.of(),
            Projects.ALL),
        subject(org, workerId),
        SignedTokens.issuedAtMs(claims),
        SignedTokens.required(claims.getExpirationTime()).getValueInMillis());
  }
}
