package dev.sluice.backend.redis.reply;

import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.transfer.WorkerCopy.ClaimRef;
import java.util.ArrayList;
import java.util.List;

/** Reads workers of {@code export.lua}: id, record. */
final class WorkerCopyReader {

  private WorkerCopyReader() {}

  static WorkerCopy read(List<?> entry) {
    WorkerRecord record =
        new WorkerRecord(Reply.text(entry.get(1)), Reply.map((List<?>) entry.get(2)));
    List<String> poll = Text.fields(Text.parts(record.value("last")).get(0));
    String[] shortOf = record.fields().getOrDefault("short", "0 0").split(" ", 2);
    return new WorkerCopy(
        record.registration(),
        record.number("registered_at"),
        record.lastSeenMs(),
        record.flag(WorkerRecord.SILENT),
        (int) record.number("active_count"),
        record.flag(WorkerRecord.DRAINED),
        record.flag(WorkerRecord.RETIRED),
        (int) record.count(WorkerRecord.NO_SHOWS),
        (int) record.count(WorkerRecord.NACKS),
        (int) record.count(WorkerRecord.QUARANTINES),
        record.quarantinedUntilMs(),
        record.count(WorkerRecord.JUDGED),
        record.number("polled"),
        Text.orNull(poll.get(0)),
        claims(poll),
        record.fields().get("note"),
        (int) record.number("quarantined"),
        Long.parseLong(shortOf[0]),
        Integer.parseInt(shortOf[1]),
        record.names("before"),
        record.names("unlisted"),
        record.names("not_held"),
        record.names("unknown_held"),
        (int) record.number("denials"),
        record.failedRuns(),
        record.number("protected"));
  }

  /** They follow the request. */
  private static List<ClaimRef> claims(List<String> poll) {
    List<ClaimRef> claims = new ArrayList<>();
    for (int i = 1; i + 1 < poll.size(); i += 2) {
      claims.add(new ClaimRef(poll.get(i), Long.parseLong(poll.get(i + 1))));
    }
    return claims;
  }
}
