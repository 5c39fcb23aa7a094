package dev.sluice.service.auth.secrets;

import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.WireTexts;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that sign runtime tokens: the current one, from the configuration or else the store's
 * own, and those before it that still verify.
 */
public final class SigningKeys {

  /** A secret with the {@code kid} that names it. */
  public record SigningKey(String id, Key key) {

    static SigningKey of(String secret) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return new SigningKey(
          Secrets.sha256("kid:" + secret).substring(0, 16), new SecretKeySpec(bytes, "HmacSHA256"));
    }
  }

  private final Supplier<String> currentSecret;
  private final List<SigningKey> previous;
  private final Supplier<String> installationName;
  private volatile @Nullable SigningKey current;
  private volatile @Nullable String installation;

  /**
   * @param currentSecret asked once it is needed, until it answers: the store may be away at start
   * @param previousSecrets secrets that only verify
   * @param installationName issuer of all tokens, asked in the same way
   */
  public SigningKeys(
      Supplier<String> currentSecret,
      List<String> previousSecrets,
      Supplier<String> installationName) {
    this.currentSecret = currentSecret;
    this.installationName = installationName;
    this.previous = previousSecrets.stream().map(SigningKey::of).toList();
  }

  SigningKey current() {
    SigningKey known = current;
    if (known == null) {
      known = SigningKey.of(currentSecret.get());
      current = known;
    }
    return known;
  }

  /**
   * The issuer of all tokens: what other installations with the same secret issue doesn't count.
   */
  String installation() {
    String known = installation;
    if (known == null) {
      known = installationName.get();
      installation = known;
    }
    return known;
  }

  /** The key a token names; none is refused, so is an unknown one. */
  SigningKey byId(@Nullable String id) {
    if (current().id().equals(id)) {
      return current();
    }
    return previous.stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiException.unauthenticated(WireTexts.INVALID_KEY));
  }
}
