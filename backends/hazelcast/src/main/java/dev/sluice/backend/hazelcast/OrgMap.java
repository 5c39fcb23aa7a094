package dev.sluice.backend.hazelcast;

import com.hazelcast.map.IMap;
import dev.sluice.backend.Decided;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.hazelcast.operation.Operation;
import dev.sluice.backend.hazelcast.operation.OrgCall;
import dev.sluice.backend.hazelcast.operation.ReadOperation;
import dev.sluice.backend.hazelcast.operation.Reply;
import dev.sluice.backend.hazelcast.state.OrgState;
import org.jspecify.annotations.Nullable;

/** The map of orgs: carries operations to an org's state and brings back what they answer. */
final class OrgMap {

  private final Grid grid;
  private final IMap<String, OrgState> map;
  private final Rules rules;
  private final Blobs texts;
  private final Registry registry;

  OrgMap(Grid grid, IMap<String, OrgState> map, Rules rules, Blobs texts, Registry registry) {
    this.grid = grid;
    this.map = map;
    this.rules = rules;
    this.texts = texts;
    this.registry = registry;
  }

  /**
   * Carries an operation out.
   *
   * @throws RefusedException if it was refused
   */
  @SuppressWarnings("unchecked") // a reply holds what its operation answers
  <R> Decided<R> call(String org, Operation<R> operation) {
    Reply reply = grid.call(() -> execute(org, operation));
    for (Reply.Text text : reply.garbage()) {
      texts.delete(new Blobs.Ref(org, text.sessionId(), text.name()));
    }
    for (String id : reply.damaged()) {
      registry.noteDamaged(org, id);
    }
    Reply.Refused refused = reply.refused();
    if (refused != null) {
      throw new RefusedException(
          refused.refusal(), refused.message(), refused.owner(), reply.seq());
    }
    Object value = reply.value();
    if (value == null) {
      throw new IllegalStateException("an operation broke: " + reply.broken());
    }
    return new Decided<>(reply.seq(), (R) value);
  }

  /** The time to store with what goes into other maps, epoch ms. */
  long now() {
    return grid.now();
  }

  private Reply execute(String org, Operation<?> operation) {
    OrgCall call = new OrgCall(operation, rules, grid.givenTime().orElse(OrgCall.STORE_TIME));
    OrgProcessor processor =
        operation instanceof ReadOperation ? new OrgReader(call) : new OrgProcessor(call);
    @Nullable Reply returned = map.executeOnKey(org, processor);
    Reply reply = returned != null ? returned : processor.reply();
    if (reply == null) {
      throw new IllegalStateException("no reply to " + operation);
    }
    return reply;
  }
}
