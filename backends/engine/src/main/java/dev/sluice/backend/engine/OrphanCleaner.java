package dev.sluice.backend.engine;

import dev.sluice.backend.engine.read.UpkeepReads.Orphans;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.ByteMap;
import dev.sluice.backend.engine.tables.PublicNames;
import dev.sluice.backend.engine.tables.Store;
import dev.sluice.backend.engine.tables.StoreTable;
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
 * Deletes orphans of callers that died: values older than an hour that no state names. A state
 * never begins to name a value older than 30 s, so no named value is deleted. One part of one map
 * every 10 s.
 */
final class OrphanCleaner {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanCleaner.class);

  private static final long EVERY_MS = 10_000;

  private static final long MIN_AGE_MS = 3_600_000;

  /** Names checked in one step, while other calls of the org wait. */
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
            kind(OrgReply.Stored.ITEM, StoreTable.ITEMS),
            kind(OrgReply.Stored.TEXT, StoreTable.TEXTS),
            kind(OrgReply.Stored.ACTIVITY, StoreTable.ACTIVITIES),
            kind(OrgReply.Stored.JOB, StoreTable.JOBS),
            kind(OrgReply.Stored.RECORD, StoreTable.RECORDS));
    names = store.map(StoreTable.NAMES);
  }

  private record Kind(OrgReply.Stored stored, ByteMap map) {}

  private record OldName(String name, Blobs.Ref item) {}

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
    Map<String, List<OrgReply.Garbage>> byOrg = new HashMap<>();
    for (String key : kind.map().keys(partition)) {
      if (old(kind.map(), key, now) != null) {
        Blobs.Ref ref = Blobs.Ref.parse(key);
        byOrg
            .computeIfAbsent(ref.org(), org -> new ArrayList<>())
            .add(new OrgReply.Garbage(kind.stored(), ref.sessionId(), ref.name()));
      }
    }
    byOrg.forEach(
        (org, stored) -> {
          for (int from = 0; from < stored.size(); from += AT_ONCE) {
            List<OrgReply.Garbage> some =
                stored.subList(from, Math.min(stored.size(), from + AT_ONCE));
            delete(org, orgs.call(org, new Orphans(some)).orphans());
          }
        });
  }

  private byte @Nullable [] old(ByteMap map, String key, long now) {
    byte[] value = map.get(key);
    return value != null && ByteBuffer.wrap(value).getLong() + MIN_AGE_MS <= now ? value : null;
  }

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
    List<OrgReply.Garbage> items =
        some.stream()
            .map(each -> each.item())
            .map(item -> new OrgReply.Garbage(OrgReply.Stored.ITEM, item.sessionId(), item.name()))
            .toList();
    List<OrgReply.Garbage> orphans = orgs.call(org, new Orphans(items)).orphans();
    for (int i = 0; i < some.size(); i++) {
      if (orphans.contains(items.get(i))) {
        LOG.info("a name of no session of org {}", org);
        publicNames.release(org, some.get(i).name(), List.of(some.get(i).item()));
      }
    }
  }

  private void delete(String org, List<OrgReply.Garbage> orphans) {
    for (OrgReply.Garbage orphan : orphans) {
      LOG.info(
          "nothing names a {} of session {} of org {}", orphan.kind(), orphan.sessionId(), org);
    }
    orgs.delete(org, orphans);
  }

  private Kind kind(OrgReply.Stored stored, StoreTable table) {
    return new Kind(stored, store.map(table));
  }
}
