package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.service.http.edge.ApplicationEdge;
import dev.sluice.service.http.edge.TrustedProxies;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

public class EdgeSettings {

  @JsonProperty @Nullable String publicUrl = null;

  @JsonProperty @NotNull List<String> allowedHosts = List.of();

  @JsonProperty @NotNull List<String> trustedProxies = List.of();

  @JsonProperty
  @NotNull
  @MinDuration(value = 0, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  Duration hsts = Duration.days(365);

  @JsonProperty boolean openDocs = true;

  @JsonProperty boolean openDashboard = true;

  @JsonIgnore
  @ValidationMethod(message = "publicUrl must be as https://sluice.example.com, without a path")
  public boolean isPublicUrlOne() {
    try {
      @Nullable URI url = url();
      return url == null
          || (List.of("http", "https").contains(String.valueOf(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && Objects.equals(url.getRawPath(), "")
              && url.getRawQuery() == null
              && url.getRawFragment() == null);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @JsonIgnore
  @ValidationMethod(message = "allowedHosts counts with publicUrl only; set that too")
  public boolean isListOfHostsInForce() {
    return allowedHosts.isEmpty() || (publicUrl != null && !publicUrl.isBlank());
  }

  @JsonIgnore
  @ValidationMethod(message = "trustedProxies must be addresses, or networks as 10.0.0.0/8")
  public boolean isEachProxyAnAddress() {
    try {
      return new TrustedProxies(trustedProxies) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private @Nullable URI url() throws URISyntaxException {
    return publicUrl == null || publicUrl.isBlank()
        ? null
        : new URI(publicUrl.strip().replaceAll("/$", ""));
  }

  public boolean openDocs() {
    return openDocs;
  }

  public boolean openDashboard() {
    return openDashboard;
  }

  public @Nullable URI publicAddress() {
    try {
      return url();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // validation has refused it before
    }
  }

  public ApplicationEdge customizer() {
    return new ApplicationEdge(
        new TrustedProxies(trustedProxies), publicAddress(), allowedHosts, hsts.toSeconds());
  }
}
