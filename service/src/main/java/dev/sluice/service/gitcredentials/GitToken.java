package dev.sluice.service.gitcredentials;

import java.time.Instant;

record GitToken(String value, Instant expiresAt, Instant renewAt) {

  GitCredential of(String cloneUrl) {
    return new GitCredential(value, cloneUrl, expiresAt);
  }

  @Override
  public String toString() {
    return "GitToken[until " + expiresAt + "]";
  }
}
