package dev.sluice.backend.hazelcast.epoch;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of this member's instance, as the last report said it. */
final class Own {

  private final Instance instance;
  private Instance.Stage stage = Instance.Stage.NONE;
  private UUID ticket;
  private final long startNanos = System.nanoTime();
  private long changedNanos = startNanos;

  /** The operator who accepts this instance's state as the newest, until it serves. */
  private @Nullable String acceptedBy;

  private boolean leaving;

  Own(Instance instance) {
    this.instance = instance;
    ticket = instance.ticket();
  }

  /** Time since the start of this process's part. */
  long ageMs() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  UUID ticket() {
    return ticket;
  }

  boolean running() {
    return stage == Instance.Stage.RUNNING;
  }

  boolean changing() {
    return stage == Instance.Stage.CHANGING;
  }

  boolean empty() {
    return stage == Instance.Stage.NONE;
  }

  /** True if an answer is about the instance as it is now. */
  boolean concerns(Answer answer) {
    return answer.sentNanos() - changedNanos >= 0
        && stage == instance.stage()
        && ticket.equals(instance.ticket());
  }

  /** Returns the operator by whose word it serves, the first time, else null. */
  @Nullable String serves() {
    String by = acceptedBy;
    acceptedBy = null;
    return by;
  }

  void accept(String operator) {
    acceptedBy = operator;
  }

  boolean accepted() {
    return acceptedBy != null;
  }

  void leave() {
    leaving = true;
  }

  boolean leaving() {
    return leaving;
  }

  Report report(int generation, int term, long raftMs, int reaches, Epoch known) {
    if (stage != instance.stage() || !ticket.equals(instance.ticket())) {
      acceptedBy = ticket.equals(instance.ticket()) ? acceptedBy : null; // said of that state
      stage = instance.stage();
      ticket = instance.ticket();
      changedNanos = System.nanoTime();
    }
    boolean oldest = !known.parts().isEmpty() && known.parts().get(0).ticket().equals(ticket);
    boolean safe =
        running()
            && oldest
            && !known.serves()
            && instance.view(known.tickets()) != null
            && instance.safe(known.number());
    return new Report(
        System.nanoTime(),
        generation,
        term,
        raftMs,
        reaches,
        ticket,
        stage,
        running() ? instance.view() : List.of(),
        known.number(),
        safe,
        leaving,
        accepted());
  }
}
