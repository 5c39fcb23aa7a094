package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** The default. */
@JsonTypeName("none")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class NoGitCredentialsFactory implements GitCredentialsFactory {

  @Override
  public GitCredentialSource build(GitCredentialsEnvironment environment) {
    return GitCredentialSource.NONE;
  }

  @Override
  public String description() {
    return "none";
  }
}
