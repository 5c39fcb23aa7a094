package dev.sluice.backend.hazelcast;

import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.engine.HintDispatcher;
import dev.sluice.backend.engine.wire.Stored;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches this member's subscribers directly, those of others by a topic. */
final class HazelcastHints implements Hints {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastHints.class);

  private final HazelcastMember node;
  private final ITopic<byte[]> topic;
  private final HintDispatcher board;

  HazelcastHints(HazelcastMember node, ITopic<byte[]> topic) {
    this.node = node;
    this.topic = topic;
    board = HazelcastMember.shared(node.member(), HintDispatcher.class, HintDispatcher::new);
  }

  @Override
  public Subscription subscribe(Consumer<Hint> listener) {
    UUID registration =
        node.call(() -> topic.addMessageListener(message -> fromOthers(message, listener)));
    Subscription local = board.subscribe(listener);
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        local.close();
        if (node.running()) {
          node.run(() -> topic.removeMessageListener(registration));
        }
      }
    };
  }

  void tell(List<Hint> hints) {
    board.tell(hints);
    try {
      if (node.hasOthers()) {
        byte[] bytes = node.wire().toMessage(new Stored.HintBatch(hints));
        node.run(() -> topic.publish(bytes));
      }
    } catch (BackendUnavailableException e) {
      LOG.debug("hints are lost", e);
    }
  }

  void close() {
    board.close();
  }

  private void fromOthers(Message<byte[]> message, Consumer<Hint> listener) {
    boolean own = message.getPublishingMember().localMember();
    if (!own
        && node.wire().fromMessage(message.getMessageObject()) instanceof Stored.HintBatch batch) {
      batch.hints().forEach(listener);
    }
  }
}
