package dev.sluice.service.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets from {@code config.yml}, which takes them from the environment. Blank is unset.
 *
 * @param registrationToken {@code rsk_live_...} or {@code rsp_live_...} that registers workers of
 *     org {@code default}
 * @param apiKey {@code rsk_live_...} user key of org {@code default} with all scopes
 * @param adminPassword password of operator {@code admin}
 * @param jwtSecret signs runtime tokens, at least 32 characters; unset: the store keeps one
 * @param previousJwtSecrets still verify tokens signed before a change of the secret
 * @param legacyKey the shared key of old workers; unset switches that mode off
 */
public record ConfiguredSecrets(
    @JsonProperty @Nullable String registrationToken,
    @JsonProperty @Nullable String apiKey,
    @JsonProperty @Nullable String adminPassword,
    @JsonProperty @Nullable String jwtSecret,
    @JsonProperty List<String> previousJwtSecrets,
    @JsonProperty @Nullable String legacyKey) {

  private static final int MIN_JWT_SECRET = 32;

  public ConfiguredSecrets {
    registrationToken = blankIsUnset(registrationToken);
    apiKey = blankIsUnset(apiKey);
    adminPassword = blankIsUnset(adminPassword);
    jwtSecret = blankIsUnset(jwtSecret);
    previousJwtSecrets =
        previousJwtSecrets == null // as Jackson passes an absent key
            ? List.of()
            : previousJwtSecrets.stream().filter(secret -> !secret.isBlank()).toList();
    legacyKey = blankIsUnset(legacyKey);
    if (registrationToken != null
        && !registrationToken.startsWith("rsk_live_")
        && !registrationToken.startsWith("rsp_live_")) {
      throw new IllegalArgumentException(
          "credentials.registrationToken must begin with rsk_live_ or rsp_live_");
    }
    if (apiKey != null && !apiKey.startsWith("rsk_live_")) {
      throw new IllegalArgumentException("credentials.apiKey must begin with rsk_live_");
    }
    if (adminPassword != null
        && adminPassword.getBytes(StandardCharsets.UTF_8).length > PasswordHash.MAX_PASSWORD) {
      throw new IllegalArgumentException(
          "credentials.adminPassword must have at most " + PasswordHash.MAX_PASSWORD + " bytes");
    }
    if (Stream.concat(Stream.ofNullable(jwtSecret), previousJwtSecrets.stream())
        .anyMatch(secret -> secret.length() < MIN_JWT_SECRET)) {
      throw new IllegalArgumentException(
          "credentials.jwtSecret must have at least " + MIN_JWT_SECRET + " characters");
    }
  }

  /** None at all. */
  public static ConfiguredSecrets none() {
    return new ConfiguredSecrets(null, null, null, null, List.of(), null);
  }

  /** Whether nobody could use the service with these. */
  boolean nobodyCanCall() {
    return registrationToken == null
        && apiKey == null
        && adminPassword == null
        && legacyKey == null;
  }

  /** These, and from a file like the environment what they leave open. */
  ConfiguredSecrets or(Map<String, String> environment) {
    return new ConfiguredSecrets(
        first(registrationToken, environment.get(CredentialsFile.REGISTRATION_TOKEN)),
        first(apiKey, environment.get(CredentialsFile.API_KEY)),
        first(adminPassword, environment.get(CredentialsFile.ADMIN_PASSWORD)),
        first(jwtSecret, environment.get("SLUICE_JWT_SECRET")),
        previousJwtSecrets,
        first(legacyKey, environment.get("WORKER_API_KEY")));
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return "ConfiguredSecrets[...]";
  }

  private static @Nullable String first(@Nullable String a, @Nullable String b) {
    return a == null ? b : a;
  }

  private static @Nullable String blankIsUnset(@Nullable String secret) {
    return secret == null || secret.isBlank() ? null : secret.strip();
  }
}
