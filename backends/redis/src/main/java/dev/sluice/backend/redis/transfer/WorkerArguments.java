package dev.sluice.backend.redis.transfer;

import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.workers.FailedRuns;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;

/** A worker's record without its claims; {@code rules/workers.lua} has the layout. */
final class WorkerArguments {

  private WorkerArguments() {}

  static List<String> of(WorkerCopy worker, String node) {
    Registration registration = worker.registration();
    String credential = Text.name(registration.registeredBy());
    String machine =
        registration.machineId() == null
            ? ""
            : credential + Text.UNIT + Text.name(registration.machineId());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Text.name(registration.workerId()),
                String.valueOf(worker.lastSeenMs()),
                flag(worker.silent()),
                String.valueOf(worker.registeredAtMs()),
                String.valueOf(StoredBytes.of(registration)),
                worker.retired() ? "" : machine,
                registration.dialect().name(),
                String.valueOf(Worker.slots(registration.capacity(), worker.quarantined())),
                flag(registration.draining()),
                flag(worker.drained()),
                flag(worker.retired()),
                String.valueOf(worker.noShows()),
                String.valueOf(worker.quarantines()),
                String.valueOf(worker.settledUntilMs()),
                String.valueOf(worker.nacks()),
                String.valueOf(worker.quarantinedUntilMs()),
                "layout",
                "dev.sluice.backend.redis: a worker, what it said of itself, and its active set",
                "registered_by",
                credential,
                "hostname",
                registration.hostname()));
    add(arguments, "projects", Text.join(PackedNames.pack(registration.projects())));
    add(arguments, "takes", Text.join(PackedNames.pack(registration.projects().taking())));
    add(
        arguments,
        "capabilities",
        Text.join(PackedNames.pack(registration.capabilities(), registration.repositories())));
    add(arguments, "details", registration.details());
    add(arguments, "active_count", String.valueOf(worker.activeCount()));
    add(arguments, "registered_at", String.valueOf(worker.registeredAtMs()));
    add(arguments, "bytes", String.valueOf(StoredBytes.of(registration)));
    add(arguments, "last", last(worker));
    add(arguments, "offered_by", node + Text.UNIT + 0);
    addOptional(arguments, worker, machine);
    return arguments;
  }

  private static String flag(boolean flag) {
    return flag ? "1" : "0";
  }

  private static String last(WorkerCopy worker) {
    StringBuilder last = new StringBuilder(Text.orEmpty(worker.lastRequest())).append(Text.UNIT);
    for (WorkerCopy.ClaimRef claim : worker.lastClaims()) {
      last.append(Text.name(claim.sessionId())).append(Text.UNIT);
      last.append(claim.token()).append(Text.UNIT);
    }
    return last.toString();
  }

  private static void addOptional(List<String> arguments, WorkerCopy worker, String machine) {
    addUnlessEmpty(arguments, "machine", machine);
    if (worker.lastPollMs() > 0) {
      add(arguments, "polled", String.valueOf(worker.lastPollMs()));
    }
    if (worker.note() != null) {
      add(arguments, "note", worker.note());
    }
    if (worker.protectedUntilMs() > 0) {
      add(arguments, "protected", String.valueOf(worker.protectedUntilMs()));
    }
    if (worker.quarantined() > 0) {
      add(arguments, "capacity", String.valueOf(worker.registration().capacity()));
      add(arguments, "quarantined", String.valueOf(worker.quarantined()));
    }
    if (worker.shortMs() > 0) {
      add(arguments, "short", worker.shortMs() + " " + worker.shortAccepted());
    }
    if (worker.denials() > 0) {
      add(arguments, "denials", String.valueOf(worker.denials()));
    }
    FailedRuns failed = worker.failedRuns();
    if (failed != null) {
      add(arguments, "failures", failed.inRow() + " " + failed.cause());
    }
    addUnlessEmpty(arguments, "before", Text.join(worker.predecessors()));
    addUnlessEmpty(arguments, "inherits", Text.join(worker.predecessors()));
    addUnlessEmpty(arguments, "unlisted", Text.join(worker.unlisted()));
    addUnlessEmpty(arguments, "not_held", Text.join(worker.notHeld()));
    addUnlessEmpty(arguments, "unknown_held", Text.join(worker.unknownHeld()));
  }

  private static void addUnlessEmpty(List<String> arguments, String field, String value) {
    if (!value.isEmpty()) {
      add(arguments, field, value);
    }
  }

  private static void add(List<String> arguments, String field, String value) {
    arguments.add(field);
    arguments.add(value);
  }
}
