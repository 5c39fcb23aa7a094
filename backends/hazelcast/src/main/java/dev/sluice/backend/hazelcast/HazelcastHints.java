package dev.sluice.backend.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.engine.HintDispatcher;
import dev.sluice.backend.engine.wire.Stored;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches this member's subscribers directly, those of others by a topic. */
final class HazelcastHints implements Hints {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastHints.class);

  private final HazelcastMember node;
  private final HintDispatcher board;

  /** Subscribers of this backend, for hints of other members. */
  private final HintDispatcher fromOthers = new HintDispatcher();

  private @Nullable HazelcastInstance listening;

  HazelcastHints(HazelcastMember node) {
    this.node = node;
    board = HazelcastMember.shared(node.member(), HintDispatcher.class, HintDispatcher::new);
  }

  @Override
  public Subscription subscribe(Consumer<Hint> listener) {
    Subscription remote = fromOthers.subscribe(listener);
    listen();
    Subscription local = board.subscribe(listener);
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        local.close();
        remote.close();
      }
    };
  }

  /** Listens on the instance of this moment, once. */
  synchronized void listen() {
    HazelcastInstance now = node.member();
    if (listening == now) {
      return;
    }
    try {
      topic(now).addMessageListener(this::heard);
      listening = now;
    } catch (HazelcastInstanceNotActiveException e) {
      LOG.debug("the next instance is listened to", e);
    }
  }

  private static ITopic<byte[]> topic(HazelcastInstance member) {
    return member.getTopic(MemberConfig.HINTS);
  }

  void tell(List<Hint> hints) {
    board.tell(hints);
    try {
      if (node.hasOthers()) {
        byte[] bytes = node.wire().toMessage(new Stored.HintBatch(hints));
        node.run(() -> topic(node.member()).publish(bytes));
      }
    } catch (BackendUnavailableException | HazelcastInstanceNotActiveException e) {
      LOG.debug("hints are lost", e);
    }
  }

  void close() {
    board.close();
    fromOthers.close();
  }

  private void heard(Message<byte[]> message) {
    boolean own = message.getPublishingMember().localMember();
    if (!own
        && node.wire().fromMessage(message.getMessageObject()) instanceof Stored.HintBatch batch) {
      fromOthers.tell(batch.hints());
    }
  }
}
