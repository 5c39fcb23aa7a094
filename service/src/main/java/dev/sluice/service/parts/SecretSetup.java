package dev.sluice.service.parts;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.service.auth.FirstStart;
import dev.sluice.service.auth.secrets.ConfiguredSecrets;
import dev.sluice.service.auth.secrets.CredentialsFile;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.auth.secrets.SigningKeyCopy;
import dev.sluice.service.auth.secrets.SigningKeys;
import dev.sluice.service.config.SluiceConfiguration;

/** The secrets of the settings, the credentials file and the store. */
record SecretSetup(FirstStart firstStart, SigningKeys signingKeys, Runnable atStart) {

  static SecretSetup of(SluiceConfiguration configuration, Credentials store) {
    FirstStart firstStart =
        new FirstStart(
            new CredentialsFile(configuration.dataDirectory()), store, configuration.credentials());
    ConfiguredSecrets secrets = firstStart.secrets();
    SigningKeys signingKeys =
        new SigningKeys(
            () -> secrets.signingSecret(store),
            secrets.previousJwtSecrets(),
            () -> store.installation("sluice-" + Secrets.randomHex(12)));
    boolean inCluster = configuration.backend().nodes() > 1 && secrets.jwtSecret() == null;
    SigningKeyCopy copy = new SigningKeyCopy(configuration.dataDirectory());
    return new SecretSetup(
        firstStart,
        signingKeys,
        () -> {
          firstStart.run();
          if (inCluster) {
            copy.keep(secrets.signingSecret(store));
          }
        });
  }

  ConfiguredSecrets secrets() {
    return firstStart.secrets();
  }
}
