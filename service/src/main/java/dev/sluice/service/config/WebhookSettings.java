package dev.sluice.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Webhooks that orgs make by call. */
public class WebhookSettings {

  @JsonProperty private boolean allowPrivate = false;

  public boolean allowPrivate() {
    return allowPrivate;
  }
}
