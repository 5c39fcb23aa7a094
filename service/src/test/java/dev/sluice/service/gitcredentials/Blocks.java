package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.jackson.Jackson;
import java.time.Clock;
import java.util.Map;

/** Sources from a block {@code gitCredentials} as it stands in a configuration. */
final class Blocks {

  private Blocks() {}

  static GitCredentialSource source(String block, Clock clock, Map<String, String> variables) {
    try {
      return Jackson.newObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // as a start does
          .readValue(block, GitCredentialsFactory.class)
          .build(new GitCredentialsEnvironment(clock, variables));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
