package dev.sluice.backend.engine.tables;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.OrgReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public record SideTables(
    Blobs items,
    PublicNames names,
    Blobs texts,
    Blobs activities,
    Blobs jobs,
    FinalRecords records) {

  /** They are read for their public ids, and may be large. */
  private static final int ITEMS_AT_ONCE = 250;

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

  public void delete(String org, List<OrgReply.Garbage> garbage) {
    Map<OrgReply.Stored, List<OrgReply.Garbage>> kinds =
        garbage.stream().collect(Collectors.groupingBy(OrgReply.Garbage::kind));
    kinds.forEach(
        (kind, some) -> {
          switch (kind) {
            case ITEM -> {
              List<Blobs.Ref> refs = refs(org, some);
              for (int from = 0; from < refs.size(); from += ITEMS_AT_ONCE) {
                int to = Math.min(refs.size(), from + ITEMS_AT_ONCE);
                deleteItems(org, refs.subList(from, to));
              }
            }
            case TEXT, ACTIVITY, JOB -> of(kind).delete(refs(org, some));
            case RECORD, RECORD_WITH_ALL -> {
              try {
                some.forEach(each -> deleteRecord(org, each));
              } catch (BackendUnavailableException e) {
                LOG.debug("records that nothing names are left behind", e);
              }
            }
          }
        });
  }

  private static List<Blobs.Ref> refs(String org, List<OrgReply.Garbage> garbage) {
    return garbage.stream().map(each -> new Blobs.Ref(org, each.sessionId(), each.name())).toList();
  }

  /** Releases their public ids too, which only items name. */
  private void deleteItems(String org, List<Blobs.Ref> refs) {
    try {
      Map<String, List<Blobs.Ref>> gone = new HashMap<>();
      List<@Nullable String> stored = items.fetch(refs);
      for (int i = 0; i < refs.size(); i++) {
        String item = stored.get(i);
        if (item != null) {
          Blobs.Ref ref = refs.get(i);
          StoredItem.names(item)
              .forEach(name -> gone.computeIfAbsent(name, any -> new ArrayList<>()).add(ref));
        }
      }
      names.release(org, gone);
    } catch (BackendUnavailableException e) {
      LOG.debug("names that lead nowhere are left behind", e);
    }
    items.delete(refs);
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
