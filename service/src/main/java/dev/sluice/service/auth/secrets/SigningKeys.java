package dev.sluice.service.auth.secrets;

import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The configured secret or the store's signs and seals; earlier ones only verify and open. */
public final class SigningKeys {

  public record SigningKey(String id, Key key) {

    static SigningKey of(String secret) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return new SigningKey(
          Secrets.sha256("kid:" + secret).substring(0, 16), new SecretKeySpec(bytes, "HmacSHA256"));
    }

    /** Returns 32 bytes for one purpose, which the text names first. */
    byte[] derive(String text) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e); // every Java platform has it
      }
    }
  }

  private final Supplier<String> currentSecret;
  private final List<SigningKey> previous;
  private final Supplier<String> installationName;
  private volatile @Nullable SigningKey current;
  private volatile @Nullable String installation;

  /** Both suppliers are asked on first use, because the store may be away at the start. */
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

  Stream<SigningKey> all() {
    return Stream.concat(Stream.of(current()), previous.stream());
  }

  /** Tokens of other installations are refused. */
  String installation() {
    String known = installation;
    if (known == null) {
      known = installationName.get();
      installation = known;
    }
    return known;
  }

  boolean isPrevious(SigningKey key) {
    return previous.contains(key);
  }

  /** Ids of the keys, which tokens show: the one that signs first, then the previous ones. */
  public List<String> ids() {
    return all().map(SigningKey::id).toList();
  }

  SigningKey byId(@Nullable String id) {
    if (current().id().equals(id)) {
      return current();
    }
    return previous.stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(ApiException::invalidKey);
  }
}
