package dev.sluice.service.auth;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.secrets.ConfiguredSecrets;
import dev.sluice.service.auth.secrets.CredentialsFile;
import dev.sluice.service.auth.secrets.Secrets;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the configured keys. If nothing is configured and the store was never used, makes keys and
 * writes them to {@code credentials.env}.
 *
 * <p>If several nodes start on one store, exactly one writes the file. May be repeated.
 */
public final class FirstStart {

  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

  private final CredentialsFile file;
  private final Credentials credentials;
  private final boolean configured;
  private final ConfiguredSecrets secrets;
  private final Map<String, String> made = new LinkedHashMap<>();
  private volatile @Nullable String madeAdminPassword;

  /** The configured keys take precedence over the file. */
  public FirstStart(CredentialsFile file, Credentials credentials, ConfiguredSecrets configured) {
    this.file = file;
    this.credentials = credentials;
    this.configured = !configured.nobodyCanCall();
    this.secrets = configured.or(file.read());
  }

  public ConfiguredSecrets secrets() {
    return secrets;
  }

  /** Where people find the credentials, once {@link #run} has run. */
  public String where() {
    if (configured) {
      return "as configured";
    }
    return Files.exists(file.path())
        ? file.path().toString()
        : "in credentials.env of the node that set up this store";
  }

  /** Returns the accepted passwords, none before a first start. */
  public List<String> adminPasswords() {
    return secrets.adminPasswords(madeAdminPassword);
  }

  /** May be repeated. */
  public void run() {
    if (secrets.nobodyCanCall()) {
      makeKeys();
    } else {
      keys(secrets.registrationToken(), secrets.apiKey()).forEach(this::add);
    }
    secrets.warnings(madeAdminPassword).forEach(LOG::warn);
  }

  private void makeKeys() {
    // The file first: a crash in between leaves keys that the next start brings into the store.
    if (made.isEmpty()) {
      made.put(CredentialsFile.REGISTRATION_TOKEN, Secrets.random("rsk_live_"));
      made.put(CredentialsFile.API_KEY, Secrets.random("rsk_live_"));
      made.put(CredentialsFile.ADMIN_PASSWORD, Secrets.random(""));
      file.create(made);
    }
    String registrationToken = made.get(CredentialsFile.REGISTRATION_TOKEN);
    Map<String, Key> keys = keys(registrationToken, made.get(CredentialsFile.API_KEY));
    // A repeat after a lost answer may have won already: then its keys are there.
    boolean won =
        credentials.addFirstKeys(keys)
            || credentials.findKey(Secrets.sha256(String.valueOf(registrationToken))).isPresent();
    if (won) {
      madeAdminPassword = made.get(CredentialsFile.ADMIN_PASSWORD);
      LOG.debug("First start: made {}", file.path());
    } else {
      file.delete();
      LOG.info("This store was set up by another node; its credentials.env holds the first keys");
    }
  }

  private void add(String hash, Key key) {
    credentials.addKey(hash, key);
    if (credentials.findKey(hash).isEmpty()) {
      LOG.warn("The key in {} was revoked and opens nothing; configure a new one", key.name());
    }
  }

  private static Map<String, Key> keys(
      @Nullable String registrationToken, @Nullable String apiKey) {
    Map<String, Key> keys = new LinkedHashMap<>();
    if (registrationToken != null) {
      keys.put(
          Secrets.sha256(registrationToken),
          new Key(
              Secrets.keyId(registrationToken),
              CallerVerifier.DEFAULT_ORG,
              Key.Type.WORKER_REGISTRATION,
              "SLUICE_REGISTRATION_TOKEN",
              Set.of(Scope.WORKER_REGISTER),
              List.of()));
    }
    if (apiKey != null) {
      keys.put(
          Secrets.sha256(apiKey),
          new Key(
              Secrets.keyId(apiKey),
              CallerVerifier.DEFAULT_ORG,
              Key.Type.USER,
              "SLUICE_API_KEY",
              EnumSet.allOf(Scope.class),
              List.of()));
    }
    return keys;
  }
}
