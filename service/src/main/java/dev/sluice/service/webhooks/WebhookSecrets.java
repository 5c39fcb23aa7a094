package dev.sluice.service.webhooks;

import dev.sluice.backend.Refusal;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.auth.secrets.SealedCursors;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of webhooks: {@code whsec_} and base64 of 24 to 64 bytes. They are stored encrypted, by a
 * key that is derived from the server's signing secret.
 */
public final class WebhookSecrets {

  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int MADE_BYTES = 32;

  private static final String PROBLEM =
      "must be " + PREFIX + " and the base64 of " + LEAST_BYTES + " to " + MOST_BYTES + " bytes";

  private final SealedCursors sealed;

  public WebhookSecrets(SigningKeys keys) {
    sealed = new SealedCursors(keys, "secrets of webhooks");
  }

  public static String random() {
    return PREFIX + Base64.getEncoder().encodeToString(Secrets.randomBytes(MADE_BYTES));
  }

  /** Returns the secret that a caller gives; null if it gives none. */
  public static @Nullable String checked(JsonBody body) {
    return checked(body.string("secret"));
  }

  static @Nullable String checked(@Nullable String given) {
    if (given != null && bytes(given) == null) {
      throw ApiException.invalid("secret", PROBLEM);
    }
    return given;
  }

  private static byte @Nullable [] bytes(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      return bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES ? null : bytes;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  String seal(String org, String secret) {
    return Objects.requireNonNull(sealed.seal(org, secret));
  }

  /** Empty if it was sealed by a signing secret that is no longer known. */
  Optional<String> open(String org, String text) {
    return Refusals.except(
        Set.of(Refusal.BAD_CURSOR),
        () -> Optional.ofNullable(sealed.open(org, text)),
        words -> Optional.empty());
  }

  /** Returns the keys that sign now. */
  List<SecretKeySpec> keys(String org, List<WebhookRecord.Secret> secrets, long nowMs) {
    return secrets.stream()
        .filter(secret -> secret.signs(nowMs))
        .flatMap(secret -> open(org, secret.sealed()).stream())
        .map(WebhookSecrets::key)
        .toList();
  }

  /** Returns the key of a secret in the form of webhooks; of any other text its bytes. */
  public static SecretKeySpec key(String secret) {
    byte[] bytes = bytes(secret);
    return new SecretKeySpec(
        bytes == null ? secret.getBytes(StandardCharsets.UTF_8) : bytes, "HmacSHA256");
  }

  /** Returns the value of {@code webhook-signature}. */
  public static String signatures(List<SecretKeySpec> keys, String id, long seconds, byte[] body) {
    byte[] head = (id + '.' + seconds + '.').getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, head, body)))
        .collect(Collectors.joining(" "));
  }

  /** HMAC-SHA256 over both. */
  public static byte[] hmac(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
