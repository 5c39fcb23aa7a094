package dev.sluice.service.auth.secrets;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.backend.keys.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of {@code config.yml} and the environment: docs/operating.md, "Secrets". Blank means
 * unset; weak ones are refused.
 */
public record ConfiguredSecrets(
    @JsonProperty @Nullable String registrationToken,
    @JsonProperty @Nullable String apiKey,
    @JsonProperty @Nullable String adminPassword,
    @JsonProperty @Nullable String jwtSecret,
    @JsonProperty List<String> previousJwtSecrets,
    @JsonProperty @Nullable String legacyKey,
    @JsonProperty @Nullable String previousAdminPassword,
    @JsonProperty @Nullable String previousLegacyKey) {

  /** Ending of a variable with a second value that is accepted, too. */
  private static final String PREVIOUS = "_PREVIOUS";

  private static final SecretRule REGISTRATION_TOKEN =
      new SecretRule(
          "credentials.registrationToken",
          CredentialsFile.REGISTRATION_TOKEN,
          List.of("rsk_live_", "rsp_live_"),
          16,
          4);
  private static final SecretRule API_KEY =
      new SecretRule("credentials.apiKey", CredentialsFile.API_KEY, List.of("rsk_live_"), 16, 4);
  private static final SecretRule ADMIN_PASSWORD =
      new SecretRule(
          "credentials.adminPassword",
          CredentialsFile.ADMIN_PASSWORD,
          List.of(),
          PasswordHash.MIN_CHARACTERS,
          PasswordHash.MIN_DIFFERENT);
  private static final SecretRule JWT_SECRET =
      new SecretRule("credentials.jwtSecret", "SLUICE_JWT_SECRET", List.of(), 32, 8);
  private static final SecretRule PREVIOUS_JWT_SECRET =
      new SecretRule("credentials.previousJwtSecrets", "of config.yml", List.of(), 32, 1);
  private static final SecretRule LEGACY_KEY =
      new SecretRule("credentials.legacyKey", "WORKER_API_KEY", List.of(), 16, 4);
  private static final SecretRule PREVIOUS_ADMIN_PASSWORD =
      new SecretRule(
          "credentials.previousAdminPassword",
          CredentialsFile.ADMIN_PASSWORD + PREVIOUS,
          List.of(),
          PasswordHash.MIN_CHARACTERS,
          1);
  private static final SecretRule PREVIOUS_LEGACY_KEY =
      new SecretRule(
          "credentials.previousLegacyKey", "WORKER_API_KEY" + PREVIOUS, List.of(), 16, 1);

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
    previousAdminPassword = blankIsUnset(previousAdminPassword);
    previousLegacyKey = blankIsUnset(previousLegacyKey);
    REGISTRATION_TOKEN.check(registrationToken);
    API_KEY.check(apiKey);
    ADMIN_PASSWORD.check(adminPassword);
    JWT_SECRET.check(jwtSecret);
    previousJwtSecrets.forEach(PREVIOUS_JWT_SECRET::check);
    LEGACY_KEY.check(legacyKey);
    PREVIOUS_ADMIN_PASSWORD.check(previousAdminPassword);
    PREVIOUS_LEGACY_KEY.check(previousLegacyKey);
    checkLength("credentials.adminPassword", adminPassword);
    checkLength("credentials.previousAdminPassword", previousAdminPassword);
  }

  private static void checkLength(String setting, @Nullable String password) {
    if (password != null
        && password.getBytes(StandardCharsets.UTF_8).length > PasswordHash.MAX_PASSWORD) {
      throw new IllegalArgumentException(
          setting + " must have at most " + PasswordHash.MAX_PASSWORD + " bytes");
    }
  }

  public static ConfiguredSecrets none() {
    return new ConfiguredSecrets(null, null, null, null, List.of(), null, null, null);
  }

  public boolean nobodyCanCall() {
    return registrationToken == null
        && apiKey == null
        && adminPassword == null
        && legacyKey == null;
  }

  /** The store's unless configured; the first node makes one for all. */
  public String signingSecret(Credentials store) {
    return jwtSecret == null ? store.signingSecret(Secrets.randomHex(32)) : jwtSecret;
  }

  /** Adds missing ones from the variables. */
  public ConfiguredSecrets or(Map<String, String> environment) {
    return new ConfiguredSecrets(
        first(registrationToken, environment.get(CredentialsFile.REGISTRATION_TOKEN)),
        first(apiKey, environment.get(CredentialsFile.API_KEY)),
        first(adminPassword, environment.get(CredentialsFile.ADMIN_PASSWORD)),
        first(jwtSecret, environment.get("SLUICE_JWT_SECRET")),
        previousJwtSecrets,
        first(legacyKey, environment.get("WORKER_API_KEY")),
        previousAdminPassword,
        previousLegacyKey);
  }

  /** Returns the accepted ones. A previous one counts only beside a current one. */
  public List<String> legacyKeys() {
    return both(legacyKey, previousLegacyKey);
  }

  /**
   * Returns the accepted ones. A previous one counts only beside a current one.
   *
   * @param made password that is used if none is configured; null if there is none
   */
  public List<String> adminPasswords(@Nullable String made) {
    return both(first(adminPassword, made), previousAdminPassword);
  }

  private static List<String> both(@Nullable String current, @Nullable String previous) {
    return current == null
        ? List.of()
        : Stream.of(current, previous).filter(Objects::nonNull).toList();
  }

  /**
   * Returns a warning for each previous value without a current one. Not for JWT secrets, because
   * the store has the current one if none is configured.
   */
  public List<String> warnings(@Nullable String madeAdminPassword) {
    List<String> warnings = new ArrayList<>();
    if (previousAdminPassword != null && adminPasswords(madeAdminPassword).isEmpty()) {
      warnings.add(PREVIOUS_ADMIN_PASSWORD.opensNothing(ADMIN_PASSWORD));
    }
    if (previousLegacyKey != null && legacyKeys().isEmpty()) {
      warnings.add(PREVIOUS_LEGACY_KEY.opensNothing(LEGACY_KEY));
    }
    return warnings;
  }

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
