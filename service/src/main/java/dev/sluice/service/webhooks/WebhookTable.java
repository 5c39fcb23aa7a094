package dev.sluice.service.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.service.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of webhooks, as JSON in the store. */
final class WebhookTable {

  private static final ObjectMapper MAPPER =
      Json.mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Webhooks store;

  WebhookTable(Webhooks store) {
    this.store = store;
  }

  /** Returns null to change nothing. */
  interface Change {
    @Nullable WebhookRecord of(WebhookRecord before);
  }

  List<String> orgs() {
    return store.orgs();
  }

  /** Returns the webhooks of an org by their ids, sorted. */
  Map<String, WebhookRecord> list(String org) {
    Map<String, WebhookRecord> webhooks = new LinkedHashMap<>();
    store.list(org).forEach(each -> webhooks.put(each.id(), read(each)));
    return webhooks;
  }

  Optional<WebhookRecord> find(String org, String id) {
    return store.find(org, id).map(WebhookTable::read);
  }

  /** Returns false if the id is taken, or there are as many as there may be. */
  boolean add(String org, String id, WebhookRecord webhook) {
    return store.add(org, id, text(webhook));
  }

  /** Returns the changed record; empty if there is none, or nothing was changed. */
  Optional<WebhookRecord> change(String org, String id, Change change) {
    while (true) {
      StoredWebhook before = store.find(org, id).orElse(null);
      WebhookRecord after = before == null ? null : change.of(read(before));
      if (before == null || after == null) {
        return Optional.empty();
      }
      if (store.replace(org, before, text(after))) {
        return Optional.of(after);
      }
    }
  }

  boolean remove(String org, String id) {
    return store.remove(org, id);
  }

  private static String text(WebhookRecord webhook) {
    try {
      return MAPPER.writeValueAsString(webhook);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WebhookRecord read(StoredWebhook stored) {
    try {
      return MAPPER.readValue(stored.text(), WebhookRecord.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("webhook " + stored.id() + " can't be read", e);
    }
  }
}
