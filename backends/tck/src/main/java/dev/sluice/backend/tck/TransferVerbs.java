package dev.sluice.backend.tck;

import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Closes orgs and compares their records. */
public abstract class TransferVerbs extends Fixture {

  protected Closure close(String anyOrg, Closure.Purpose purpose) {
    return transfers().close(anyOrg, OrgCopy.closure(purpose), null);
  }

  protected boolean open(String anyOrg) {
    return transfers().open(anyOrg, OrgCopy.ID, null);
  }

  protected List<OrgRecord> read(String anyOrg) {
    return OrgCopy.read(backend(), anyOrg);
  }

  /** Copies the org into a new one of the same store; both are open then. */
  protected String copied() {
    String copy = newOrg();
    OrgCopy.enter(backend(), copy, OrgCopy.rehashed(OrgCopy.leave(backend(), org)));
    open(org);
    return copy;
  }

  protected void assertSame(QueueBackend store, String copy) {
    assertThat(byThing(OrgCopy.read(store, copy))).isEqualTo(byThing(read(org)));
  }

  /** Groups them by what they are about, in their order; without hashes and orgs of keys. */
  protected static SortedMap<String, List<OrgRecord>> byThing(List<OrgRecord> records) {
    SortedMap<String, List<OrgRecord>> byThing = new TreeMap<>();
    for (OrgRecord record : records) {
      byThing.computeIfAbsent(thing(record), name -> new ArrayList<>()).add(plain(record));
    }
    return byThing;
  }

  private static OrgRecord plain(OrgRecord record) {
    return record instanceof OrgRecord.StoredKey stored
        ? new OrgRecord.StoredKey("", stored.key().in(""), stored.lastUseMs())
        : record;
  }

  private static String thing(OrgRecord record) {
    if (record instanceof SessionCopy session) {
      return ofSession(session.id());
    } else if (record instanceof MessageCopy message) {
      return ofSession(message.sessionId());
    } else if (record instanceof WorkerCopy worker) {
      return "worker " + worker.registration().workerId();
    } else if (record instanceof JobCopy job) {
      return "job " + job.id();
    }
    return small((OrgRecord.Small) record);
  }

  private static String small(OrgRecord.Small record) {
    if (record instanceof OrgRecord.Told told) {
      return ofSession(told.sessionId());
    } else if (record instanceof OrgRecord.Acked acked) {
      return ofSession(acked.sessionId());
    } else if (record instanceof OrgRecord.StoredKey stored) {
      return "key " + stored.key().id();
    } else if (record instanceof OrgRecord.Project project) {
      return "project " + project.name();
    } else if (record instanceof OrgRecord.Answer answer) {
      return "answer " + answer.key() + " " + answer.part();
    }
    return record.toString();
  }

  private static String ofSession(String id) {
    return "session " + id;
  }

  protected static <T extends OrgRecord> List<T> only(Class<T> kind, List<OrgRecord> records) {
    return records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  protected static SessionCopy sessionIn(List<OrgRecord> records, String id) {
    return only(SessionCopy.class, records).stream()
        .filter(session -> session.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
