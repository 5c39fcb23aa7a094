package dev.sluice.backend.redis.reply;

import dev.sluice.backend.Names;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.workers.Dialect;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads answers of {@code worker_reply}; {@code lib/worker.lua} has the layout. */
public final class WorkerReader {

  /** Begins fields that name active sessions. */
  private static final String ACTIVE = "a:";

  private static final int DRAINING = 0;
  private static final int SILENT = 1;
  private static final int DRAINED = 2;
  private static final int RETIRED = 3;

  private WorkerReader() {}

  /**
   * @param reply id, record, whether its credential was revoked, standing nacks, most of them
   * @param seq for a refusal
   * @throws RefusedException {@link Refusal#DAMAGED} if it can't be read
   */
  public static Worker read(List<?> reply, long seq) {
    String id = Reply.text(reply.get(0));
    try {
      return worker(id, Reply.map((List<?>) reply.get(1)), reply);
    } catch (IllegalArgumentException | NoSuchElementException | IndexOutOfBoundsException e) {
      throw RefusedException.of(Refusal.DAMAGED, id, seq);
    }
  }

  /** Leaves out damaged workers. */
  public static List<Worker> readAll(List<?> replies, long seq) {
    List<Worker> workers = new ArrayList<>();
    for (Object reply : replies) {
      try {
        workers.add(read((List<?>) reply, seq));
      } catch (RefusedException damaged) {
        continue;
      }
    }
    return workers;
  }

  private static Worker worker(String id, Map<String, String> record, List<?> reply) {
    List<String> active = new ArrayList<>();
    for (String field : record.keySet()) {
      if (field.startsWith(ACTIVE)) {
        active.add(field.substring(ACTIVE.length()));
      }
    }
    active.sort(Names::compareBytes);
    Iterator<String> state = Text.fields(value(record, "state")).iterator();
    final Dialect dialect = Dialect.valueOf(state.next());
    final long seen = Long.parseLong(state.next());
    final String slots = state.next();
    final int capacity = Integer.parseInt(record.getOrDefault("capacity", slots));
    final String flags = state.next();
    state.next(); // size of its active set
    state.next(); // when a message is readable
    final String[] counts = state.next().split(" ", -1); // some are missing in older lines
    final int noShows = Integer.parseInt(counts[0]);
    final int nacks = counts.length < 4 || counts[3].isEmpty() ? 0 : Integer.parseInt(counts[3]);
    final long quarantinedUntil = Long.parseLong(state.next());
    Registration registration =
        new Registration(
            id,
            value(record, "registered_by"),
            dialect,
            value(record, "hostname"),
            capacity,
            Text.names(value(record, "projects")),
            Text.names(value(record, "capabilities")),
            flags.charAt(DRAINING) == '1',
            machine(record),
            value(record, "details"));
    return new Worker(
        registration,
        Integer.parseInt(value(record, "active_count")),
        active,
        Long.parseLong(value(record, "registered_at")),
        seen,
        flags.charAt(SILENT) == '1',
        flags.charAt(DRAINED) == '1',
        noShows,
        nacks,
        quarantinedUntil,
        ((Long) reply.get(3)).intValue(),
        ((Long) reply.get(4)).intValue(),
        flags.charAt(RETIRED) == '1',
        !Long.valueOf(0).equals(reply.get(2)),
        Long.parseLong(record.getOrDefault("polled", "0")),
        record.get("note"),
        Integer.parseInt(record.getOrDefault("quarantined", "0")),
        Text.names(record.getOrDefault("not_held", "")).stream().filter(active::contains).toList(),
        Text.names(record.getOrDefault("unknown_held", "")));
  }

  /** The machine behind the credential. */
  private static @Nullable String machine(Map<String, String> record) {
    String machine = record.get("machine");
    return machine == null ? null : machine.substring(machine.indexOf(Text.UNIT) + 1);
  }

  private static String value(Map<String, String> record, String field) {
    String value = record.get(field);
    if (value == null) {
      throw new IllegalArgumentException(field);
    }
    return value;
  }
}
