package dev.sluice.service.metrics.calls;

import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.webhooks.Webhooks;
import dev.sluice.service.metrics.StoreCall;
import dev.sluice.service.metrics.StoreTimes;
import java.util.List;
import java.util.Optional;

final class MeteredWebhooks implements Webhooks {

  private final Webhooks next;
  private final StoreTimes times;

  MeteredWebhooks(Webhooks next, StoreTimes times) {
    this.next = next;
    this.times = times;
  }

  @Override
  public List<String> orgs() {
    return times.call(StoreCall.WEBHOOKS_ORGS, next::orgs);
  }

  @Override
  public List<StoredWebhook> list(String org) {
    return times.call(StoreCall.WEBHOOKS_LIST, () -> next.list(org));
  }

  @Override
  public Optional<StoredWebhook> find(String org, String id) {
    return times.call(StoreCall.WEBHOOKS_FIND, () -> next.find(org, id));
  }

  @Override
  public boolean add(String org, String id, String text) {
    return times.call(StoreCall.WEBHOOKS_ADD, () -> next.add(org, id, text));
  }

  @Override
  public boolean replace(String org, StoredWebhook before, String text) {
    return times.call(StoreCall.WEBHOOKS_REPLACE, () -> next.replace(org, before, text));
  }

  @Override
  public boolean remove(String org, String id) {
    return times.call(StoreCall.WEBHOOKS_REMOVE, () -> next.remove(org, id));
  }
}
