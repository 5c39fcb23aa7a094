package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * Builds the source that {@code gitCredentials.type} names in {@code config.yml}.
 *
 * <p>A factory reads the block named like its type and ignores the blocks of other types, so that
 * changing the one {@code type} line turns credentials on and off. Factories are listed in {@code
 * META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface GitCredentialsFactory extends Discoverable {

  /**
   * Makes the source. Asks nobody over the network yet.
   *
   * @throws IllegalArgumentException if the configuration can't work; the message names the key,
   *     and tells no secret
   */
  GitCredentialSource build(GitCredentialsEnvironment environment);

  /** One line for people: where credentials come from. */
  String description();
}
