package dev.sluice.backend.engine.write;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.records.CallId;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.OrgReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that may be carried out again: docs/rules.md, "Calls carried out twice". A call that
 * changed nothing is not remembered, since it may run again.
 */
public final class RepeatedCalls {

  private RepeatedCalls() {}

  /**
   * Runs an operation, or answers as the first time.
   *
   * @param id null for a call that never comes again
   */
  public static OrgReply run(WriteStep step, Operation<?> operation, @Nullable CallId id) {
    if (id == null) {
      return step.run(operation);
    }
    OrgReply first = answered(step, id);
    return first != null ? first : remembered(step, id, step.run(operation));
  }

  private static @Nullable OrgReply answered(WriteStep step, CallId id) {
    Change.PutCall known = step.state().calls().find(id);
    if (known == null || known.id().content() == id.content()) {
      return known == null ? null : known.reply();
    }
    RefusedException e = step.refusal(Refusal.CONFLICT, "call " + id.node() + "-" + id.number());
    OrgReply.Refused refused =
        new OrgReply.Refused(e.refusal(), String.valueOf(e.getMessage()), null);
    return new OrgReply(
        step.state().counters().seq(),
        null,
        refused,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static OrgReply remembered(WriteStep step, CallId id, OrgReply reply) {
    if (!step.changes().isEmpty()) {
      step.applyInternal(new Change.PutCall(id, step.now(), reply));
    }
    return reply;
  }
}
