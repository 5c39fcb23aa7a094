package dev.sluice.service.gitcredentials;

import java.time.Instant;

/**
 * {@code token} is the password over HTTPS with any user; {@code cloneUrl} is as in the work item,
 * or its HTTPS form if that is for SSH.
 */
public record GitCredential(String token, String cloneUrl, Instant expiresAt) {

  @Override
  public String toString() {
    return "GitCredential[" + cloneUrl + " until " + expiresAt + "]";
  }
}
