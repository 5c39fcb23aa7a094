package dev.sluice.service.gitcredentials;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.util.Duration;
import java.net.URI;
import java.security.PrivateKey;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code gitCredentials.type: github-app}. */
@JsonTypeName("github-app")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class GitHubAppFactory implements GitCredentialsFactory {

  private static final String BLOCK = "gitCredentials.github-app.";

  /** Tokens are valid for an hour. */
  private static final Duration MOST_BEFORE = Duration.minutes(50);

  /** Calls without TLS stay on this machine. */
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  @JsonProperty("github-app")
  private Settings settings = new Settings(null, null, null, null, null, null, null);

  @Override
  public GitCredentialSource build(GitCredentialsEnvironment environment) {
    String appId = settings.appId;
    if (appId == null || !appId.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(BLOCK + "appId is required: the app's id or client id");
    }
    String host = settings.host == null ? "github.com" : settings.host.toLowerCase(Locale.ROOT);
    if (!host.matches("[a-z0-9.-]+(:[0-9]{1,5})?")) {
      throw new IllegalArgumentException(BLOCK + "host must be a host name of clone URLs");
    }
    Duration before = settings.renewBefore == null ? Duration.minutes(10) : settings.renewBefore;
    if (before.toNanoseconds() < 0 || before.toNanoseconds() > MOST_BEFORE.toNanoseconds()) {
      throw new IllegalArgumentException(BLOCK + "renewBefore must be at most 50 minutes");
    }
    GitHubApi api =
        new GitHubApi(
            apiUrl(),
            new AppTokens(appId, privateKey(environment.variables()), environment.clock()),
            settings.permissions == null ? Map.of() : settings.permissions,
            before.toJavaDuration(),
            environment.clock());
    return new GitHubApp(host, api, environment.clock());
  }

  @Override
  public String description() {
    return "GitHub app " + settings.appId;
  }

  private URI apiUrl() {
    String text = settings.apiUrl == null ? "https://api.github.com" : settings.apiUrl;
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      String host = url.getHost();
      boolean safe =
          "https".equalsIgnoreCase(url.getScheme())
              || ("http".equalsIgnoreCase(url.getScheme()) && THIS_MACHINE.contains(host));
      if (host != null
          && safe
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // answered below, without its message, which quotes the URL
    }
    throw new IllegalArgumentException(
        BLOCK + "apiUrl must be an https URL without a login, query or fragment");
  }

  private PrivateKey privateKey(Map<String, String> variables) {
    SecretText secret =
        new SecretText(
            BLOCK, "privateKey", settings.privateKeyFile, settings.privateKeyVariable, variables);
    String text = secret.read();
    try {
      return PrivateKeys.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(secret.key() + " " + e.getMessage());
    }
  }

  record Settings(
      @JsonProperty @Nullable String appId,
      @JsonProperty @Nullable String privateKeyFile,
      @JsonProperty @Nullable String privateKeyVariable,
      @JsonProperty @Nullable String apiUrl,
      @JsonProperty @Nullable String host,
      @JsonProperty @Nullable Duration renewBefore,
      @JsonProperty @Nullable Map<String, String> permissions) {}
}
