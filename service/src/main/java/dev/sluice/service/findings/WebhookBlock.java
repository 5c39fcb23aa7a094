package dev.sluice.service.findings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.service.webhooks.WebhookTarget;
import io.dropwizard.validation.ValidationMethod;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Url and secret are never shown: both may open something. */
public class WebhookBlock {

  private static final int LEAST_SECRET = 16;

  @JsonProperty @Nullable String url = null;

  @JsonProperty @Nullable String secret = null;

  @JsonProperty @Nullable String previousSecret = null;

  @JsonProperty boolean allowPrivate = false;

  @JsonIgnore
  @ValidationMethod(
      message = "url: must be http:// or https:// with a host, without user or fragment")
  public boolean isUrlOfHttp() {
    return isBlank(url) || url() != null;
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "secret: is required with url, at least 16 characters (SLUICE_WEBHOOK_SECRET or"
              + " SLUICE_WEBHOOK_SECRET_FILE)")
  public boolean isSecretLongEnough() {
    return isBlank(url) || secret().length() >= LEAST_SECRET;
  }

  @JsonIgnore
  @ValidationMethod(message = "previousSecret: must have at least 16 characters")
  public boolean isPreviousSecretLongEnough() {
    return isBlank(previousSecret)
        || String.valueOf(previousSecret).strip().length() >= LEAST_SECRET;
  }

  @JsonIgnore
  @ValidationMethod(
      message = "url: names a private, loopback or link-local address; set allowPrivate to use it")
  public boolean isAddressAllowed() {
    URI target = url();
    return target == null || allowPrivate || !WebhookTarget.isPrivateLiteral(target.getHost());
  }

  /** Returns null if there is none. */
  @Nullable URI url() {
    return isBlank(url) ? null : WebhookTarget.parse(String.valueOf(url).strip());
  }

  String secret() {
    return secret == null ? "" : secret.strip();
  }

  /** Each signs: a receiver knows one of them. */
  List<String> secrets() {
    return isBlank(previousSecret)
        ? List.of(secret())
        : List.of(secret(), String.valueOf(previousSecret).strip());
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
