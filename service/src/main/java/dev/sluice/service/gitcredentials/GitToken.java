package dev.sluice.service.gitcredentials;

import java.time.Instant;

/**
 * A secret with its times.
 *
 * @param expiresAt when it no longer counts
 * @param renewAt from when on another one is to be had in its place
 */
record GitToken(String value, Instant expiresAt, Instant renewAt) {

  GitCredential of(String cloneUrl) {
    return new GitCredential(value, cloneUrl, expiresAt);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "GitToken[until " + expiresAt + "]";
  }
}
