package dev.sluice.backend.hazelcast;

import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.MessageListener;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Hint;
import dev.sluice.backend.Hints;
import dev.sluice.backend.hazelcast.wire.Stored;
import dev.sluice.backend.hazelcast.wire.WireTypes;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints by a topic of all members, on a thread of Hazelcast's. What was told before somebody
 * subscribed is not told to him.
 */
final class HazelcastHints implements Hints {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastHints.class);

  private final Grid grid;
  private final ITopic<byte[]> topic;

  HazelcastHints(Grid grid, ITopic<byte[]> topic) {
    this.grid = grid;
    this.topic = topic;
  }

  @Override
  public Subscription subscribe(Consumer<Hint> listener) {
    MessageListener<byte[]> onMessage =
        message -> {
          if (WireTypes.fromBytes(message.getMessageObject()) instanceof Stored.News news) {
            news.hints().forEach(hint -> tell(listener, hint));
          }
        };
    UUID registration = grid.call(() -> topic.addMessageListener(onMessage));
    return () -> {
      if (grid.running()) {
        grid.run(() -> topic.removeMessageListener(registration));
      }
    };
  }

  /** Tells all members. What was changed is changed, also where this fails. */
  void tell(List<Hint> hints) {
    try {
      byte[] bytes = WireTypes.toBytes(new Stored.News(hints));
      grid.run(() -> topic.publish(bytes));
    } catch (BackendUnavailableException e) {
      LOG.debug("hints are lost", e);
    }
  }

  private static void tell(Consumer<Hint> listener, Hint hint) {
    try {
      listener.accept(hint);
    } catch (RuntimeException e) {
      LOG.warn("a listener of hints threw", e);
    }
  }
}
