package dev.sluice.backend.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Idempotency;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.AuditNote;
import dev.sluice.backend.engine.operation.Operation;
import dev.sluice.backend.engine.operation.OrgReply;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.state.OrgState;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.work.BatchAdded;
import dev.sluice.backend.work.Enqueued;
import dev.sluice.backend.work.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Hazelcast carries an operation out again if the member that did it leaves before its answer. The
 * caller deletes the stored items of duplicates, so the work must not be one of itself.
 */
class CarriedOutTwiceTest {

  private static final long NOW_MS = 1_000_000;

  private final OrgState state = new OrgState();

  @Test
  void workIsNoDuplicateOfItself() {
    Enqueue.Item item = item("a", 1);
    Enqueue.Item other = item("a", 2);

    assertThat(enqueue(item)).extracting(Enqueued::duplicate).containsExactly(false);
    assertThat(enqueue(item)).extracting(Enqueued::duplicate).containsExactly(false);
    assertThat(enqueue(other)).extracting(Enqueued::duplicate).containsExactly(true);
  }

  @Test
  void aJobIsNoDuplicateOfItself() {
    BatchOperations.AddJobs.Job job = new BatchOperations.AddJobs.Job("j", "hash", 1, 10);
    BatchOperations.AddJobs.Job other = new BatchOperations.AddJobs.Job("j", "hash", 2, 10);

    assertThat(add(job)).extracting(BatchAdded::duplicate).containsExactly(false);
    assertThat(add(job)).extracting(BatchAdded::duplicate).containsExactly(false);
    assertThat(add(other)).extracting(BatchAdded::duplicate).containsExactly(true);
  }

  @Test
  void aMessageIsSentOnceAndKeepsItsText() {
    enqueue(item("a", 1));
    Idempotency key = new Idempotency("key", 0, "body");

    InboxOperations.Send.Answer first = send(7, key);
    InboxOperations.Send.Answer again = send(7, key);
    InboxOperations.Send.Answer repeated = send(8, key);

    assertThat(again).isEqualTo(first);
    assertThat(repeated.replayed()).as("its text is not used").isTrue();
    assertThat(send(9, null).message().id()).isNotEqualTo(first.message().id());
    assertThat(state.inbox("a").size()).isEqualTo(2);
  }

  private InboxOperations.Send.Answer send(long text, Idempotency key) {
    return (InboxOperations.Send.Answer)
        run(
            new InboxOperations.Send(
                "a",
                MessageType.NUDGE,
                Lane.NORMAL,
                null,
                null,
                new StoredText(text, NOW_MS, "go on", 5),
                key,
                new AuditNote("ann", "why")));
  }

  private List<Enqueued> enqueue(Enqueue.Item item) {
    return ((Enqueue.Answer) run(new Enqueue(List.of(item), NOW_MS))).results();
  }

  private List<BatchAdded> add(BatchOperations.AddJobs.Job job) {
    return ((BatchOperations.AddJobs.Answer) run(new BatchOperations.AddJobs(List.of(job), NOW_MS)))
        .results();
  }

  private Object run(Operation<?> operation) {
    Rules rules = Rules.DEFAULTS;
    OrgReply reply = new WriteStep(state, rules, NOW_MS, List.of(), rules.bounds()).run(operation);
    assertThat(reply.refused()).isNull();
    assertThat(reply.broken()).isNull();
    return reply.value();
  }

  private static Enqueue.Item item(String id, long payload) {
    return new Enqueue.Item(
        id, id, id, "web", List.of(), 3, NOW_MS, "hash", payload, 0, 0, null, 10, Subject.NONE);
  }
}
