package dev.sluice.service.gitcredentials;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A source of git credentials. Calls never block. */
public interface GitCredentialSource extends AutoCloseable {

  GitCredentialSource NONE = cloneUrl -> CompletableFuture.completedFuture(Optional.empty());

  /**
   * The URL is unchecked. Empty if the source has no credential, failed with {@link
   * GitCredentialsException} if it can't tell now.
   */
  CompletableFuture<Optional<GitCredential>> credential(String cloneUrl);

  @Override
  default void close() {}
}
