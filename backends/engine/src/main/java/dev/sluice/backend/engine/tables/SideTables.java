package dev.sluice.backend.engine.tables;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.Store;
import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.operation.OrgReply;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.FinalRecord;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public record SideTables(
    Blobs items,
    PublicNames names,
    Blobs texts,
    Blobs activities,
    Blobs jobs,
    FinalRecords records) {

  private static final Logger LOG = LoggerFactory.getLogger(SideTables.class);

  public static SideTables of(Store store) {
    return new SideTables(
        new Blobs(store.map(StoreTable.ITEMS)),
        new PublicNames(store.map(StoreTable.NAMES)),
        new Blobs(store.map(StoreTable.TEXTS)),
        new Blobs(store.map(StoreTable.ACTIVITIES)),
        new Blobs(store.map(StoreTable.JOBS)),
        new FinalRecords(store.map(StoreTable.RECORDS), store.wire()));
  }

  /** The table of texts of that kind. */
  public Blobs of(OrgReply.Stored kind) {
    return switch (kind) {
      case ITEM -> items;
      case TEXT -> texts;
      case ACTIVITY -> activities;
      case JOB -> jobs;
      case RECORD, RECORD_WITH_ALL -> throw new IllegalArgumentException(kind + " is no text");
    };
  }

  public void delete(String org, OrgReply.Garbage garbage) {
    String id = garbage.sessionId();
    Blobs.Ref ref = new Blobs.Ref(org, id, garbage.name());
    switch (garbage.kind()) {
      case ITEM -> deleteItem(ref);
      case TEXT, ACTIVITY, JOB -> of(garbage.kind()).delete(ref);
      case RECORD, RECORD_WITH_ALL -> {
        try {
          deleteRecord(org, garbage);
        } catch (BackendUnavailableException e) {
          LOG.debug("a record that nothing names is left behind", e);
        }
      }
    }
  }

  /** Releases its public ids too, which only the item names. */
  private void deleteItem(Blobs.Ref ref) {
    try {
      String stored = items.fetch(ref);
      if (stored != null) {
        StoredItem.names(stored).forEach(name -> names.release(ref.org(), name, List.of(ref)));
      }
    } catch (BackendUnavailableException e) {
      LOG.debug("names that lead nowhere are left behind", e);
    }
    items.delete(ref);
  }

  private void deleteRecord(String org, OrgReply.Garbage garbage) {
    OrgReply.Needed name = new OrgReply.Needed(garbage.sessionId(), garbage.name());
    if (garbage.kind() == OrgReply.Stored.RECORD_WITH_ALL) {
      FinalRecord record = records.fetch(org, List.of(name)).get(name);
      if (record != null) {
        for (ActivityRecord activity : record.activities()) {
          activities.delete(new Blobs.Ref(org, garbage.sessionId(), activity.text()));
        }
      }
    }
    records.delete(org, name);
  }
}
