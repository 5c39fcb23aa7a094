package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.sluice.backend.OrgIds;
import dev.sluice.backend.Rules;
import dev.sluice.backend.store.QueueBackendFactory;
import dev.sluice.service.api.items.RetryEntry;
import dev.sluice.service.auth.OperatorEntry;
import dev.sluice.service.auth.secrets.ConfiguredSecrets;
import dev.sluice.service.findings.FindingBlock;
import dev.sluice.service.gitcredentials.GitCredentialsFactory;
import dev.sluice.service.gitcredentials.NoGitCredentialsFactory;
import dev.sluice.service.health.FailStop;
import dev.sluice.service.traces.TraceBlock;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of {@code config.yml}, which documents every key. */
public class SluiceConfiguration extends Configuration {

  @JsonProperty @NotBlank private String dataDirectory = "./data";

  @JsonProperty @NotNull private FailStop.Reaction onFailure = FailStop.Reaction.EXIT;

  @JsonProperty
  @JsonDeserialize(using = FormerBackendType.class)
  @Valid
  @NotNull
  private @Nullable QueueBackendFactory backend;

  @JsonProperty @NotNull private ConfiguredSecrets credentials = ConfiguredSecrets.none();

  @JsonProperty @NotNull private List<OperatorEntry> operators = List.of();

  @JsonProperty @NotNull private List<RetryEntry> retry = List.of();

  @JsonProperty @NotNull private Set<String> attestedOrgs = Set.of();

  @JsonProperty @Valid @NotNull private TimingSettings timing = new TimingSettings();

  @JsonProperty @Valid @NotNull private PollSettings polls = new PollSettings();

  @JsonProperty @Valid @NotNull private LimitSettings limits = new LimitSettings();

  @JsonProperty @Valid @NotNull private RateSettings rates = new RateSettings();

  @JsonProperty @Valid @NotNull private EdgeSettings edge = new EdgeSettings();

  @JsonProperty @Valid @NotNull private AdminSettings adminConnector = new AdminSettings();

  @JsonProperty @Valid @NotNull private FrontSettings front = new FrontSettings();

  @JsonProperty @Valid @NotNull
  private GitCredentialsFactory gitCredentials = new NoGitCredentialsFactory();

  @JsonProperty @Valid @NotNull private RetentionSettings retention = new RetentionSettings();

  @JsonProperty @Valid @NotNull private PublicSettings publicFamily = new PublicSettings();

  @JsonProperty @Valid @NotNull private FindingBlock findings = new FindingBlock();

  @JsonProperty @Valid @NotNull private TraceBlock traces = new TraceBlock();

  @JsonProperty @Valid @NotNull private WebhookSettings webhooks = new WebhookSettings();

  public Path dataDirectory() {
    return Path.of(dataDirectory);
  }

  public FailStop.Reaction onFailure() {
    return onFailure;
  }

  public QueueBackendFactory backend() {
    if (backend == null) {
      throw new IllegalStateException("backend is missing"); // validation has refused it before
    }
    return backend;
  }

  public ConfiguredSecrets credentials() {
    return credentials;
  }

  public List<OperatorEntry> operators() {
    return operators;
  }

  @JsonIgnore
  @ValidationMethod(message = "operators: each name must be there once")
  public boolean isEachOperatorNamedOnce() {
    return operators.stream().map(OperatorEntry::name).distinct().count() == operators.size();
  }

  public Set<String> attestedOrgs() {
    return attestedOrgs;
  }

  @JsonIgnore
  @ValidationMethod(message = "attestedOrgs: must be ids of orgs")
  public boolean isEachAttestedOrgAnId() {
    return attestedOrgs.stream().allMatch(org -> OrgIds.problem(org) == null);
  }

  public List<RetryEntry> retry() {
    return retry;
  }

  @JsonIgnore
  @ValidationMethod(message = "retry: each project must be there once")
  public boolean isEachProjectThereOnce() {
    return retry.stream().map(RetryEntry::place).distinct().count() == retry.size();
  }

  public GitCredentialsFactory gitCredentials() {
    return gitCredentials;
  }

  public TimingSettings timing() {
    return timing;
  }

  public Intervals intervals() {
    return timing.intervals(polls);
  }

  /** An idle connection would be closed under a held poll. */
  @JsonIgnore
  @ValidationMethod(
      message = "polls.hold: must be shorter than idleTimeout of each application connector")
  public boolean isEachHoldShorterThanIdleTimeouts() {
    return applicationConnectors().stream()
        .allMatch(
            connector ->
                !(connector instanceof HttpConnectorFactory http)
                    || polls.shorterThan(http.getIdleTimeout()));
  }

  public List<ConnectorFactory> applicationConnectors() {
    if (getServerFactory() instanceof DefaultServerFactory server) {
      return server.getApplicationConnectors();
    }
    return getServerFactory() instanceof SimpleServerFactory server
        ? List.of(server.getConnector())
        : List.of();
  }

  public Rules rules() {
    return limits.rules(timing, retention);
  }

  public LimitSettings limits() {
    return limits;
  }

  public RateSettings rates() {
    return rates;
  }

  public EdgeSettings edge() {
    return edge;
  }

  public AdminSettings adminConnector() {
    return adminConnector;
  }

  /** Refuses Dropwizard's handling of forwarded headers, which trusts any caller. */
  @JsonIgnore
  @ValidationMethod(
      message =
          "server: useForwardedHeaders believes whatever a caller forwards; leave it out and name"
              + " the proxies in edge.trustedProxies")
  public boolean isNoCallerBelieved() {
    return applicationConnectors().stream()
        .noneMatch(
            connector ->
                connector instanceof HttpConnectorFactory http && http.isUseForwardedHeaders());
  }

  public FrontSettings front() {
    return front;
  }

  public FindingBlock findings() {
    return findings;
  }

  public TraceBlock traces() {
    return traces;
  }

  public WebhookSettings webhooks() {
    return webhooks;
  }

  public PublicSettings publicFamily() {
    return publicFamily;
  }
}
