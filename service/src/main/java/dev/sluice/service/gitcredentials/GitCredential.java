package dev.sluice.service.gitcredentials;

import java.time.Instant;

/**
 * What a worker may fetch and push one repository with.
 *
 * @param token the secret; for HTTPS, as the password of any user name
 * @param cloneUrl the repository: as its work item has it, or, where that names it for SSH, which
 *     takes no token, by its HTTPS name
 * @param expiresAt when it no longer counts
 */
public record GitCredential(String token, String cloneUrl, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "GitCredential[" + cloneUrl + " until " + expiresAt + "]";
  }
}
