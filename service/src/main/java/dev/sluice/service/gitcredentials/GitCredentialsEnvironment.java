package dev.sluice.service.gitcredentials;

import java.time.Clock;
import java.util.Map;

/**
 * What a factory is given to build a source.
 *
 * @param clock whose time decides what is over
 * @param variables the environment of the process
 */
public record GitCredentialsEnvironment(Clock clock, Map<String, String> variables) {

  /** Without the values, some of which are secrets. */
  @Override
  public String toString() {
    return "GitCredentialsEnvironment[" + clock + "]";
  }
}
