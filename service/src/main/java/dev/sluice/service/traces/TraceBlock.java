package dev.sluice.service.traces;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Headers are never shown: they usually hold a secret. */
public class TraceBlock {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

  @JsonProperty @Nullable String endpoint = null;

  @JsonProperty @Nullable String headers = null;

  @JsonProperty double sampleRatio = 1;

  @JsonProperty @NotBlank String serviceName = "sluice";

  @JsonIgnore
  @ValidationMethod(
      message = "endpoint: must be http:// or https:// with a host, without user or fragment")
  public boolean isEndpointOfHttp() {
    return !isOn() || endpoint() != null;
  }

  @JsonIgnore
  @ValidationMethod(message = "headers: must be name=value,name=value")
  public boolean isEachHeaderRight() {
    return headers() != null;
  }

  @JsonIgnore
  @ValidationMethod(message = "sampleRatio: must be from 0 to 1")
  public boolean isRatioOfOne() {
    return sampleRatio >= 0 && sampleRatio <= 1;
  }

  boolean isOn() {
    return endpoint != null && !endpoint.isBlank();
  }

  /** Returns null for a wrong one. */
  @Nullable URI endpoint() {
    try {
      URI parsed = new URI(String.valueOf(endpoint).strip());
      boolean valid =
          ("http".equalsIgnoreCase(parsed.getScheme())
                  || "https".equalsIgnoreCase(parsed.getScheme()))
              && parsed.getHost() != null
              && parsed.getRawUserInfo() == null
              && parsed.getRawFragment() == null
              && parsed.getPort() <= 65_535;
      return valid ? parsed : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Returns null for wrong ones. */
  @Nullable Map<String, String> headers() {
    Map<String, String> byName = new LinkedHashMap<>();
    if (headers == null || headers.isBlank()) {
      return byName;
    }
    for (String header : headers.split(",", -1)) {
      String[] parts = header.strip().split("=", 2);
      if (parts.length < 2
          || !NAME.matcher(parts[0]).matches()
          || !VALUE.matcher(parts[1]).matches()
          || byName.put(parts[0], parts[1]) != null) {
        return null;
      }
    }
    return byName;
  }
}
