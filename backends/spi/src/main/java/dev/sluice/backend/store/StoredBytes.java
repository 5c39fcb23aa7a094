package dev.sluice.backend.store;

import dev.sluice.backend.Rules;
import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import java.util.Map;

/**
 * The size of records for {@link Rules.Bounds#maxBytes()}: UTF-8 plus a fixed part, whatever a
 * store really takes.
 */
public final class StoredBytes {

  /** Fixed part of a session, worker or job. */
  public static final int RECORD = 400;

  /** Fixed part of a message or activity; size of a stored answer. */
  public static final int LINE = 200;

  private StoredBytes() {}

  /** Leaves out messages and activities; counts until the record is deleted. */
  public static long of(NewWork work) {
    return RECORD
        + 3
        + utf8(work.contentHash())
        + utf8(work.issueIdentifier())
        + joined(PackedNames.packSorted(work.requiredCapabilities(), work.repository()))
        + of(work.subject())
        + utf8(work.item());
  }

  private static long of(Subject subject) {
    return utf8(subject.title()) + utf8(subject.branch()) + utf8(subject.model());
  }

  public static long of(Registration worker) {
    return RECORD
        + utf8(worker.hostname())
        + joined(PackedNames.pack(worker.projects()))
        + joined(PackedNames.pack(worker.capabilities(), worker.repositories()))
        + utf8(worker.details());
  }

  /**
   * @param quota as {@link dev.sluice.backend.workers.Worker#quota}
   */
  public static long ofQuota(String quota) {
    return utf8(quota);
  }

  public static long of(NewBatchJob job) {
    return RECORD + utf8(job.item());
  }

  public static long ofActivity(String type, String body) {
    return LINE + 1 + utf8(type) + utf8(body);
  }

  public static long ofMessage(String text) {
    return LINE + utf8(text);
  }

  /** Counts fields on a page; they don't count as stored. */
  public static long ofFields(Map<String, String> fields) {
    long bytes = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      bytes += utf8(field.getKey()) + utf8(field.getValue());
    }
    return bytes;
  }

  private static long joined(List<String> names) {
    long bytes = Math.max(0, names.size() - 1);
    for (int i = 0; i < names.size(); i++) {
      bytes += utf8(names.get(i));
    }
    return bytes;
  }

  private static long utf8(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // each surrogate stands for two of four bytes
        bytes += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        bytes++;
      }
    }
    return bytes;
  }
}
