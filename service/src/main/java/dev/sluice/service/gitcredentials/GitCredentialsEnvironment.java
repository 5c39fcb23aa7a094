package dev.sluice.service.gitcredentials;

import java.time.Clock;
import java.util.Map;

public record GitCredentialsEnvironment(Clock clock, Map<String, String> variables) {

  @Override
  public String toString() {
    return "GitCredentialsEnvironment[" + clock + "]";
  }
}
