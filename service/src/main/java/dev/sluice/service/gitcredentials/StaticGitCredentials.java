package dev.sluice.service.gitcredentials;

import dev.sluice.service.gitcredentials.GitCredentialsException.Reach;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Files are read again after 30 s, so a token can be changed without a restart. */
final class StaticGitCredentials implements GitCredentialSource {

  record Entry(RepositoryPattern repository, SecretText secret, Duration lifetime) {
    @Override
    public String toString() {
      return repository.toString();
    }
  }

  private static final Duration READ_AGAIN = Duration.ofSeconds(30);

  private final List<Entry> entries;
  private final Clock clock;
  private final TokenCache<Entry> tokens;

  StaticGitCredentials(List<Entry> entries, Clock clock) {
    this.entries = List.copyOf(entries);
    this.clock = clock;
    this.tokens = new TokenCache<>(clock, this::read);
  }

  @Override
  public CompletableFuture<Optional<GitCredential>> credential(String cloneUrl) {
    CloneUrl repository = CloneUrl.parse(cloneUrl);
    if (repository != null) {
      for (Entry entry : entries) {
        if (entry.repository().fits(cloneUrl, repository)) {
          return tokens
              .get(entry)
              .thenApply(token -> token.map(found -> found.of(repository.https())));
        }
      }
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public void close() {
    tokens.close();
  }

  static String checked(SecretText secret) {
    String token = secret.read();
    if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          secret.key() + " names a token with spaces or unprintable characters");
    }
    return token;
  }

  private GitToken read(Entry entry) throws GitCredentialsException {
    Instant now = clock.instant();
    try {
      return new GitToken(
          checked(entry.secret()), now.plus(entry.lifetime()), now.plus(READ_AGAIN));
    } catch (IllegalArgumentException e) { // ours, and safe to log
      throw new GitCredentialsException(Reach.ONE, String.valueOf(e.getMessage()));
    }
  }
}
