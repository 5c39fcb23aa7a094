package dev.sluice.service.gitcredentials;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

final class Blocks {

  private Blocks() {}

  static GitCredentialSource source(String block, Clock clock, Map<String, String> variables) {
    try {
      return new DefaultConfigurationFactoryFactory<GitCredentialsFactory>()
          .create(
              GitCredentialsFactory.class,
              Validators.newValidator(),
              Jackson.newObjectMapper(),
              "dw-of-no-test")
          .build(
              path -> new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8)),
              "gitCredentials")
          .build(new GitCredentialsEnvironment(clock, variables));
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
