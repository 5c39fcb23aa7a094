package dev.sluice.service.control;

import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditAct;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.inbox.SendResult;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.stops.NewStopOrder;
import dev.sluice.backend.transfer.Closure;
import dev.sluice.backend.workers.WorkerRef;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An audited operation of the contract. Each successful call is also written to the log, without
 * details that only the store knows.
 */
public final class AuditedCall {

  private interface Act {
    AuditAct of(Object[] arguments, Object answer);
  }

  private static final Map<String, Act> ACTS =
      Map.ofEntries(
          Map.entry("audit.add", (call, answer) -> added(call)),
          Map.entry("findings.acknowledge", (call, answer) -> AuditAct.acknowledge(text(call[1]))),
          Map.entry(
              "findings.mute", (call, answer) -> AuditAct.mute(text(call[1]), (long) call[2])),
          Map.entry("inboxes.send", (call, answer) -> sent(call)),
          Map.entry(
              "queues.limit",
              (call, answer) -> AuditAct.limit(text(call[1]), (QueueLimits) call[2])),
          Map.entry(
              "queues.pause", (call, answer) -> AuditAct.pause(text(call[1]), (long) call[2])),
          Map.entry("queues.resume", (call, answer) -> AuditAct.resume(text(call[1]))),
          Map.entry("sessions.requeue", (call, answer) -> AuditAct.requeue(text(call[1]))),
          Map.entry("sessions.stop", (call, answer) -> AuditAct.stop(text(call[1]))),
          Map.entry("stopOrders.add", (call, answer) -> AuditAct.stopMany((NewStopOrder) call[1])),
          Map.entry("transfers.close", (call, answer) -> AuditAct.close((Closure) answer)),
          Map.entry("transfers.open", (call, answer) -> AuditAct.open(text(call[1]))),
          Map.entry("upkeep.setTime", (call, answer) -> timeSet((StoredTime) answer)),
          Map.entry("work.front", (call, answer) -> AuditAct.front(text(call[1]))),
          Map.entry(
              "work.reprioritise",
              (call, answer) -> AuditAct.reprioritise(text(call[1]), (int) call[2])),
          Map.entry("workers.deregister", (call, answer) -> deregistered(call, (List<?>) answer)),
          Map.entry(
              "workers.drain", (call, answer) -> AuditAct.drain(text(call[1]), (boolean) call[2])),
          Map.entry(
              "workers.setNote", (call, answer) -> AuditAct.setNote(text(call[1]), text(call[2]))));

  private final Act act;
  private final int note;

  private AuditedCall(Act act, int note) {
    this.act = act;
    this.note = note;
  }

  /** {@code name} is {@code subject.method}; null without an {@link AuditNote}. */
  public static @Nullable AuditedCall of(String name, Method operation) {
    int note = Arrays.asList(operation.getParameterTypes()).indexOf(AuditNote.class);
    if (note < 0) {
      return null;
    }
    Act act = ACTS.get(name);
    if (act == null) {
      throw new IllegalStateException("No line in the log for " + name);
    }
    return new AuditedCall(act, note);
  }

  /** Skips replays. */
  public void log(Object[] arguments, Object answer) {
    if (arguments[note] instanceof AuditNote by
        && !(answer instanceof SendResult sent && sent.replayed())) {
      AuditAct done = act.of(arguments, answer);
      String detail = done.detail().contains("%s") ? "" : done.detail();
      AuditLog.line(org(arguments), by.actor(), done.verb(), done.object(), detail, by.reason());
    }
  }

  private static String org(Object[] arguments) {
    return arguments[0] instanceof WorkerRef worker ? worker.org() : text(arguments[0]);
  }

  private static String text(Object argument) {
    return (String) argument;
  }

  private static AuditAct added(Object[] call) {
    return new AuditAct(text(call[2]), text(call[3]), text(call[4]));
  }

  private static AuditAct sent(Object[] call) {
    NewMessage message = (NewMessage) call[2];
    return AuditAct.send(text(call[1]), message.type(), message.lane());
  }

  private static AuditAct timeSet(StoredTime time) {
    return AuditAct.setTime().found(String.valueOf(time.wasMs() - time.nowMs()));
  }

  private static AuditAct deregistered(Object[] call, List<?> returned) {
    String worker = ((WorkerRef) call[0]).workerId();
    return AuditAct.deregister(worker).found(String.valueOf(returned.size()));
  }
}
