package dev.sluice.service.gitcredentials;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where credentials come from. Asking never blocks, whatever the state of what stands behind. */
public interface GitCredentialSource extends AutoCloseable {

  /** Has none for anything. */
  GitCredentialSource NONE = cloneUrl -> CompletableFuture.completedFuture(Optional.empty());

  /**
   * The credential of a repository.
   *
   * @param cloneUrl as a work item names it, not checked in any way
   * @return the credential; empty where the source has none for this repository, and won't have one
   *     soon; failed with {@link GitCredentialsException} where it can't tell just now
   */
  CompletableFuture<Optional<GitCredential>> credential(String cloneUrl);

  /** Ends what it still has under way. */
  @Override
  default void close() {}
}
