package dev.sluice.backend.redis.connection;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One breaker per server. It opens when half of the last eight calls failed, and then lets one
 * probe through every 250 ms.
 */
final class Breakers {

  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

  private static final CircuitBreakerConfig CONFIG =
      CircuitBreakerConfig.custom()
          .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
          .slidingWindowSize(8)
          .minimumNumberOfCalls(2)
          .failureRateThreshold(50)
          .permittedNumberOfCallsInHalfOpenState(1)
          .waitDurationInOpenState(Duration.ofMillis(250))
          .build();

  private final String where;
  private final Map<Object, CircuitBreaker> breakers = new ConcurrentHashMap<>();

  Breakers(String where) {
    this.where = where;
  }

  /**
   * @param server {@link Connections#holder}
   */
  CircuitBreaker of(Object server) {
    CircuitBreaker known = breakers.get(server);
    return known == null ? breakers.computeIfAbsent(server, this::make) : known;
  }

  private CircuitBreaker make(Object server) {
    String name = server instanceof Connections ? where : where + ", node " + server;
    CircuitBreaker breaker = CircuitBreaker.of(name, CONFIG);
    breaker.getEventPublisher().onStateTransition(event -> log(name, event.getStateTransition()));
    return breaker;
  }

  /** Logs the begin and the end of an outage only. */
  private static void log(String name, CircuitBreaker.StateTransition transition) {
    if (transition == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
      LOG.warn("Redis at {} doesn't answer; calls are refused until it does", name);
    } else if (transition == CircuitBreaker.StateTransition.HALF_OPEN_TO_CLOSED) {
      LOG.info("Redis at {} answers again", name);
    }
  }
}
