package dev.sluice.backend.tck;

import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Moves an org's data between stores, by calls that leave no line in its audit log. */
public final class OrgCopy {

  public static final String ID = "copy";

  private static final int RECORDS_A_CALL = 50;

  private OrgCopy() {}

  public static NewClosure closure(Closure.Purpose purpose) {
    return new NewClosure(ID, purpose, "a copy", 0, null, "");
  }

  /** Returns all records; none may be damaged. */
  public static List<OrgRecord> read(QueueBackend store, String org) {
    List<OrgRecord> records = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      OrgPage page = store.transfers().read(org, cursor);
      Assertions.assertThat(page.damaged()).as("damaged records").isEmpty();
      records.addAll(page.records());
      cursor = page.next();
    } while (cursor != null);
    return records;
  }

  /** Closes the org first. */
  public static List<OrgRecord> leave(QueueBackend store, String org) {
    store.transfers().close(org, closure(Closure.Purpose.MOVE), null);
    return read(store, org);
  }

  /** Fills an empty org and opens it. */
  public static void enter(QueueBackend store, String org, List<OrgRecord> records) {
    store.transfers().close(org, closure(Closure.Purpose.IMPORT), null);
    write(store, org, records);
    Assertions.assertThat(store.transfers().open(org, ID, null)).isTrue();
  }

  public static void write(QueueBackend store, String org, List<OrgRecord> records) {
    for (int from = 0; from < records.size(); from += RECORDS_A_CALL) {
      int to = Math.min(records.size(), from + RECORDS_A_CALL);
      store.transfers().write(org, ID, records.subList(from, to));
    }
  }

  /** Changes the hashes of keys, since one hash can't have keys of two orgs of a store. */
  public static List<OrgRecord> rehashed(List<OrgRecord> records) {
    return records.stream().map(OrgCopy::rehashed).toList();
  }

  private static OrgRecord rehashed(OrgRecord record) {
    if (record instanceof OrgRecord.StoredKey stored) {
      String hash = stored.hash();
      String rotated = hash.substring(1) + hash.charAt(0);
      return new OrgRecord.StoredKey(rotated, stored.key(), stored.lastUseMs());
    }
    return record;
  }
}
