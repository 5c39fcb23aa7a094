package dev.sluice.service.gitcredentials;

import java.time.Instant;

/**
 * A credential for one repository.
 *
 * @param token the secret, used as password over HTTPS with any user
 * @param cloneUrl as in the work item, or its HTTPS form if that is for SSH
 */
public record GitCredential(String token, String cloneUrl, Instant expiresAt) {

  @Override
  public String toString() {
    return "GitCredential[" + cloneUrl + " until " + expiresAt + "]";
  }
}
