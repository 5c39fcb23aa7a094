package dev.sluice.service.http;

import static dev.sluice.service.http.SluiceServer.JWT_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.http.input.BadInputCall;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/** Forged runtime tokens. */
public final class AuthTokens {

  private AuthTokens() {}

  public static JwtClaims claims(TestWorker worker, long seconds) {
    return claims(worker.id(), worker.token(), seconds);
  }

  /**
   * The service's claims.
   *
   * @param ofService any token of the service, for its issuer
   */
  public static JwtClaims claims(String workerId, String ofService, long seconds) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer(ofService));
    claims.setAudience("sluice-workers");
    claims.setNotBeforeMinutesInThePast(1);
    claims.setClaim("iat_ms", System.currentTimeMillis());
    claims.setJwtId("made-by-a-test");
    claims.setSubject(workerId);
    claims.setStringClaim("org", "default");
    claims.setStringClaim("proj", "default");
    claims.setStringClaim("reg", "key_of_a_test");
    claims.setStringListClaim("scope", "worker:poll", "worker:heartbeat", "worker:session");
    claims.setIssuedAtToNow();
    claims.setExpirationTime(
        NumericDate.fromMilliseconds(System.currentTimeMillis() + seconds * 1000));
    return claims;
  }

  public static String issuer(String token) {
    try {
      byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
      return JwtClaims.parse(new String(payload, UTF_8)).getIssuer();
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static String signed(JwtClaims claims, String secret) {
    return signed(claims, AlgorithmIdentifiers.HMAC_SHA256, key(secret), keyId(secret));
  }

  public static String signed(JwtClaims claims, String algorithm, Key key, String keyId) {
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
      jws.setDoKeyValidation(false);
      jws.setHeader("typ", "JWT");
      if (keyId != null) {
        jws.setKeyIdHeaderValue(keyId);
      }
      jws.setAlgorithmHeaderValue(algorithm);
      jws.setKey(key);
      jws.setPayload(claims.toJson());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token of any header and payload, with a proper signature. */
  public static String sealed(String header, String payload, String secret) {
    String signed = base64(header) + "." + base64(payload);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key(secret));
      return signed
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String header(String secret) {
    return "{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"" + keyId(secret) + "\"}";
  }

  public static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  public static Key key(String secret) {
    return new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256");
  }

  public static String keyId(String secret) {
    return Secrets.sha256("kid:" + secret).substring(0, 16);
  }

  public static String with(TestWorker worker, String member, String value) {
    Map<String, String> claims = new LinkedHashMap<>();
    long now = System.currentTimeMillis();
    claims.put("iss", "\"" + issuer(worker.token()) + "\"");
    claims.put("aud", "\"sluice-workers\"");
    claims.put("jti", "\"j\"");
    claims.put("scope", "[\"worker:poll\",\"worker:heartbeat\",\"worker:session\"]");
    claims.put("nbf", String.valueOf(now / 1000));
    claims.put("iat", String.valueOf(now / 1000));
    claims.put("iat_ms", String.valueOf(now));
    claims.put("sub", "\"" + worker.id() + "\"");
    claims.put("org", "\"default\"");
    claims.put("reg", "\"r\"");
    claims.put("exp", String.valueOf(System.currentTimeMillis() / 1000 + 600));
    claims.put(member, value);
    return sealed(header(JWT_SECRET), BadInputCall.json(claims), JWT_SECRET);
  }
}
