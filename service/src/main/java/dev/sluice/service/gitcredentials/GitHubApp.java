package dev.sluice.service.gitcredentials;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One token for each repository. */
final class GitHubApp implements GitCredentialSource {

  /** In lower case, since GitHub ignores case. */
  record Repository(String owner, String name) {
    @Override
    public String toString() {
      return owner + "/" + name;
    }
  }

  private final String host;
  private final TokenCache<Repository> tokens;

  GitHubApp(String host, GitHubApi api, Clock clock) {
    this.host = host;
    this.tokens = new TokenCache<>(clock, api::mint);
  }

  @Override
  public CompletableFuture<Optional<GitCredential>> credential(String cloneUrl) {
    CloneUrl url = CloneUrl.parse(cloneUrl);
    if (url != null && url.host().equals(host)) {
      String[] parts = url.path().toLowerCase(Locale.ROOT).split("/", -1);
      if (parts.length == 2) {
        return tokens
            .get(new Repository(parts[0], parts[1]))
            .thenApply(token -> token.map(found -> found.of(url.https())));
      }
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public void close() {
    tokens.close();
  }
}
