package dev.sluice.backend.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.Names;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.webhooks.Webhooks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Each webhook is a value beside the keys: its version in 8 bytes, and its text. */
final class EngineWebhooks implements Webhooks {

  private final ByteMap map;
  private final Registry registry;

  EngineWebhooks(ByteMap map, Registry registry) {
    this.map = map;
    this.registry = registry;
  }

  @Override
  public List<String> orgs() {
    return registry.webhookOrgs();
  }

  @Override
  public List<StoredWebhook> list(String org) {
    return registry.webhooks(org).stream()
        .sorted(Names::compareBytes)
        .map(id -> find(org, id))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Optional<StoredWebhook> find(String org, String id) {
    return Optional.ofNullable(map.get(key(org, id)))
        .map(ByteBuffer::wrap)
        .map(bytes -> new StoredWebhook(id, bytes.getLong(), UTF_8.decode(bytes).toString()));
  }

  /** Notes the id first: one without a record does no harm, and is taken again by a repeat. */
  @Override
  public boolean add(String org, String id, String text) {
    return registry.noteWebhook(org, id, MAX)
        && map.putIfAbsent(key(org, id), bytes(1, text)) == null;
  }

  @Override
  public boolean replace(String org, StoredWebhook before, String text) {
    return map.replace(
        key(org, before.id()),
        bytes(before.version(), before.text()),
        bytes(before.version() + 1, text));
  }

  @Override
  public boolean remove(String org, String id) {
    boolean known = map.remove(key(org, id)) != null;
    registry.forgetWebhook(org, id);
    return known;
  }

  private static byte[] bytes(long version, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + utf8.length).putLong(version).put(utf8).array();
  }

  /** Differs from the names of keys, of their marks and of their uses. */
  private static String key(String org, String id) {
    return Registry.SEPARATOR + "webhook" + Registry.SEPARATOR + org + Registry.SEPARATOR + id;
  }
}
