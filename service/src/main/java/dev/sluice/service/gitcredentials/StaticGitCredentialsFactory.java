package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code gitCredentials.type: static}. */
@JsonTypeName("static")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class StaticGitCredentialsFactory implements GitCredentialsFactory {

  private static final Logger LOG = LoggerFactory.getLogger(StaticGitCredentialsFactory.class);
  private static final String BLOCK = "gitCredentials.static.";
  private static final Duration LEAST_LIFETIME = Duration.minutes(2);

  @JsonProperty("static")
  private Settings settings = new Settings(List.of());

  @Override
  public GitCredentialSource build(GitCredentialsEnvironment environment) {
    if (settings.tokens == null || settings.tokens.isEmpty()) {
      throw new IllegalArgumentException(BLOCK + "tokens is required");
    }
    List<StaticGitCredentials.Entry> entries = new ArrayList<>();
    for (Entry entry : settings.tokens) {
      entries.add(entry.check(BLOCK + "tokens[" + entries.size() + "].", environment.variables()));
    }
    return new StaticGitCredentials(entries, environment.clock());
  }

  @Override
  public String description() {
    return "static, " + (settings.tokens == null ? 0 : settings.tokens.size()) + " tokens";
  }

  record Settings(@JsonProperty @Nullable List<Entry> tokens) {}

  /** The first that fits a repository is used. */
  record Entry(
      @JsonProperty @Nullable String repository,
      @JsonProperty @Nullable String tokenFile,
      @JsonProperty @Nullable String tokenVariable,
      @JsonProperty @Nullable Duration lifetime) {

    StaticGitCredentials.Entry check(String block, Map<String, String> variables) {
      if (repository == null || repository.isBlank()) {
        throw new IllegalArgumentException(block + "repository is required");
      }
      RepositoryPattern pattern = RepositoryPattern.of(repository.strip());
      if (pattern == null) {
        throw new IllegalArgumentException(
            block
                + "repository must be a clone URL, or host/owner/name with an optional * at its"
                + " end");
      }
      if (pattern.endsWithinName()) {
        LOG.warn(
            "{}repository {} also fits repositories whose name begins like that; end it in /*, or"
                + " name each",
            block,
            pattern);
      }
      Duration life = lifetime == null ? Duration.hours(1) : lifetime;
      if (life.toNanoseconds() < LEAST_LIFETIME.toNanoseconds()
          || life.toMilliseconds() > TimeUnit.DAYS.toMillis(3_650)) {
        throw new IllegalArgumentException(block + "lifetime must be 2 minutes to 3650 days");
      }
      SecretText secret = new SecretText(block, "token", tokenFile, tokenVariable, variables);
      StaticGitCredentials.checked(secret);
      return new StaticGitCredentials.Entry(pattern, secret, life.toJavaDuration());
    }
  }
}
