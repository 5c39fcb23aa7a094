package dev.sluice.backend.engine;

import dev.sluice.backend.engine.operation.Reply;
import dev.sluice.backend.engine.read.UpkeepReads.Orphans;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.PublicNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes orphans that callers left behind when they died: values that no state names although they
 * were stored over an hour ago. A state never begins to name what was stored more than half a
 * minute ago, so no value is deleted that may still be named. The only walk over stored data: one
 * part of one map every 10 s.
 */
final class OrphanCleaner {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanCleaner.class);

  /** One step in so long, however many orgs are swept. */
  private static final long EVERY_MS = 10_000;

  /** Younger ones may yet be named. */
  private static final long MIN_AGE_MS = 3_600_000;

  /** Most names to ask a state for in one step; other calls of the org wait meanwhile. */
  private static final int AT_ONCE = 500;

  private final Store store;
  private final Orgs orgs;
  private final List<Kind> kinds;
  private final ByteMap names;
  private final PublicNames publicNames;
  private final AtomicLong lastMs = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();

  OrphanCleaner(Store store, Orgs orgs, PublicNames publicNames) {
    this.store = store;
    this.orgs = orgs;
    this.publicNames = publicNames;
    kinds =
        List.of(
            kind(Reply.Stored.ITEM, StoreTable.ITEMS),
            kind(Reply.Stored.TEXT, StoreTable.TEXTS),
            kind(Reply.Stored.ACTIVITY, StoreTable.ACTIVITIES),
            kind(Reply.Stored.JOB, StoreTable.JOBS),
            kind(Reply.Stored.RECORD, StoreTable.RECORDS));
    names = store.map(StoreTable.NAMES);
  }

  /** What one of the maps holds under names of its own. */
  private record Kind(Reply.Stored stored, ByteMap map) {}

  /** A name that was taken long ago, and an item that it was taken for. */
  private record OldName(String name, Blobs.Ref item) {}

  /** Looks at one part of one map, if it is time to. */
  void step() {
    long now = store.now();
    long last = lastMs.get();
    if (Math.abs(now - last) >= EVERY_MS && lastMs.compareAndSet(last, now)) {
      int maps = kinds.size() + 1;
      int map = (int) (steps.get() % maps);
      int partition = (int) (steps.getAndIncrement() / maps % names.parts());
      if (map < kinds.size()) {
        cleanUp(kinds.get(map), partition, now);
      } else {
        cleanUpNames(partition, now);
      }
    }
  }

  /** Looks at all there is. */
  void all() {
    long now = store.now();
    for (Kind kind : kinds) {
      for (int partition = 0; partition < names.parts(); partition++) {
        cleanUp(kind, partition, now);
      }
    }
    for (int partition = 0; partition < names.parts(); partition++) {
      cleanUpNames(partition, now);
    }
  }

  private void cleanUp(Kind kind, int partition, long now) {
    Map<String, List<Reply.Garbage>> byOrg = new HashMap<>();
    for (String key : kind.map().keys(partition)) {
      if (old(kind.map(), key, now) != null) {
        Blobs.Ref ref = Blobs.Ref.parse(key);
        byOrg
            .computeIfAbsent(ref.org(), org -> new ArrayList<>())
            .add(new Reply.Garbage(kind.stored(), ref.sessionId(), ref.name()));
      }
    }
    byOrg.forEach(
        (org, stored) -> {
          for (int from = 0; from < stored.size(); from += AT_ONCE) {
            List<Reply.Garbage> some =
                stored.subList(from, Math.min(stored.size(), from + AT_ONCE));
            delete(org, orgs.call(org, new Orphans(some)).value().orphans());
          }
        });
  }

  private byte @Nullable [] old(ByteMap map, String key, long now) {
    byte[] value = map.get(key);
    return value != null && ByteBuffer.wrap(value).getLong() + MIN_AGE_MS <= now ? value : null;
  }

  /** Names are given back for items that the state doesn't name. */
  private void cleanUpNames(int partition, long now) {
    Map<String, List<OldName>> byOrg = new HashMap<>();
    for (String key : names.keys(partition)) {
      byte[] value = old(names, key, now);
      if (value != null) {
        for (Blobs.Ref item : PublicNames.items(value)) {
          byOrg
              .computeIfAbsent(item.org(), org -> new ArrayList<>())
              .add(new OldName(PublicNames.name(key), item));
        }
      }
    }
    byOrg.forEach(
        (org, stored) -> {
          for (int from = 0; from < stored.size(); from += AT_ONCE) {
            releaseOrphans(org, stored.subList(from, Math.min(stored.size(), from + AT_ONCE)));
          }
        });
  }

  private void releaseOrphans(String org, List<OldName> some) {
    List<Reply.Garbage> items =
        some.stream()
            .map(each -> each.item())
            .map(item -> new Reply.Garbage(Reply.Stored.ITEM, item.sessionId(), item.name()))
            .toList();
    List<Reply.Garbage> orphans = orgs.call(org, new Orphans(items)).value().orphans();
    for (int i = 0; i < some.size(); i++) {
      if (orphans.contains(items.get(i))) {
        LOG.info("a name of no session of org {}", org);
        publicNames.release(org, some.get(i).name(), List.of(some.get(i).item()));
      }
    }
  }

  private void delete(String org, List<Reply.Garbage> orphans) {
    for (Reply.Garbage orphan : orphans) {
      LOG.info(
          "nothing names a {} of session {} of org {}", orphan.kind(), orphan.sessionId(), org);
    }
    orgs.delete(org, orphans);
  }

  private Kind kind(Reply.Stored stored, StoreTable table) {
    return new Kind(stored, store.map(table));
  }
}
