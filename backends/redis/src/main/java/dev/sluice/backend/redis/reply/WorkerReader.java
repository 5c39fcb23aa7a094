package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Names;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Reads answers of {@code Workers.reply}; {@code rules/workers.lua} has the layout. */
public final class WorkerReader {

  /** Begins fields that name active sessions. */
  private static final String ACTIVE = "a:";

  private WorkerReader() {}

  /**
   * @param reply id, record, whether its credential was revoked, standing nacks, most of them,
   *     inherited claims, standing offers of jobs
   * @param seq for a refusal
   * @throws RefusedException {@link Refusal#DAMAGED} if it can't be read
   */
  public static Worker read(List<?> reply) {
    String id = Reply.text(reply.get(0));
    try {
      return worker(new WorkerRecord(id, Reply.map((List<?>) reply.get(1))), reply);
    } catch (IllegalArgumentException | NoSuchElementException | IndexOutOfBoundsException e) {
      throw RefusedException.of(Refusal.DAMAGED, id);
    }
  }

  /** Leaves out damaged workers. */
  public static List<Worker> readAll(List<?> replies) {
    List<Worker> workers = new ArrayList<>();
    for (Object reply : replies) {
      try {
        workers.add(read((List<?>) reply));
      } catch (RefusedException damaged) {
        continue;
      }
    }
    return workers;
  }

  private static Worker worker(WorkerRecord record, List<?> reply) {
    List<String> active = new ArrayList<>();
    for (String field : record.fields().keySet()) {
      if (field.startsWith(ACTIVE)) {
        active.add(field.substring(ACTIVE.length()));
      }
    }
    active.sort(Names::compareBytes);
    return new Worker(
        record.registration(),
        Integer.parseInt(record.value("active_count")),
        active,
        Long.parseLong(record.value("registered_at")),
        record.lastSeenMs(),
        record.flag(WorkerRecord.SILENT),
        record.flag(WorkerRecord.DRAINED),
        (int) record.count(WorkerRecord.NO_SHOWS),
        (int) record.count(WorkerRecord.NACKS),
        record.quarantinedUntilMs(),
        ((Long) reply.get(3)).intValue(),
        ((Long) reply.get(4)).intValue(),
        record.flag(WorkerRecord.RETIRED),
        !Long.valueOf(0).equals(reply.get(2)),
        record.number("polled"),
        record.fields().get("note"),
        (int) record.number("quarantined"),
        record.names("not_held").stream().filter(active::contains).toList(),
        record.names("unknown_held"),
        record.failedRuns(),
        record.fields().getOrDefault("quota", ""),
        ((Long) reply.get(5)).intValue(),
        ((Long) reply.get(6)).intValue(),
        record.number("protected"));
  }
}
