package dev.sluice.backend.redis.function;

import dev.sluice.backend.redis.connection.RedisCalls;
import java.util.UUID;

/**
 * Names this node in the field {@code nodes} of an org. A lost answer changes the name, like a
 * restart.
 */
public final class NodeName {

  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final RedisCalls calls;

  public NodeName(RedisCalls calls) {
    this.calls = calls;
  }

  public String current() {
    return id + '.' + calls.lostAnswers();
  }
}
