package dev.sluice.backend;

import dev.sluice.backend.work.NewBatchJob;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import java.util.Map;

/**
 * What a stored record counts for {@link Rules.Bounds#maxBytes()}: its text as UTF-8, and a fixed
 * part for all that is kept beside it. The same in every backend, whatever it really takes there.
 */
public final class StoredBytes {

  /** Beside the text of a session, a worker or a job. */
  public static final int RECORD = 400;

  /** Beside the text of a message or an activity; and a kept answer to a call with a key. */
  public static final int LINE = 200;

  private StoredBytes() {}

  /** A session until its record is pruned, without its messages and activities. */
  public static long of(NewWork work) {
    return RECORD
        + 3
        + utf8(work.contentHash())
        + utf8(work.issueIdentifier())
        + joined(work.requiredCapabilities())
        + utf8(work.item());
  }

  /** A worker. */
  public static long of(Registration worker) {
    return RECORD
        + utf8(worker.hostname())
        + joined(worker.projects())
        + joined(worker.capabilities())
        + utf8(worker.details());
  }

  /** A job of the batch lane. */
  public static long of(NewBatchJob job) {
    return RECORD + utf8(job.item());
  }

  /** An activity. */
  public static long ofActivity(String type, String body) {
    return LINE + 1 + utf8(type) + utf8(body);
  }

  /** A message of that text. */
  public static long ofMessage(String text) {
    return LINE + utf8(text);
  }

  /** The fields of a session's reports, which aren't counted as stored but fill a page. */
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

  /** The length as UTF-8, without encoding it. */
  private static long utf8(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // Each half of a pair stands for two of its four bytes.
        bytes += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        bytes++;
      }
    }
    return bytes;
  }
}
