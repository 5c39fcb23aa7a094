package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * Builds the source named by {@code gitCredentials.type}.
 *
 * <p>A factory reads the block named like its type and ignores other blocks. Factories are listed
 * in {@code META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface GitCredentialsFactory extends Discoverable {

  /** Makes no network calls. An {@link IllegalArgumentException} names the key and no secret. */
  GitCredentialSource build(GitCredentialsEnvironment environment);

  String description();
}
