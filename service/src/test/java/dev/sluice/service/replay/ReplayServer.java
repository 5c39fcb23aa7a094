package dev.sluice.service.replay;

import dev.sluice.backend.store.QueueBackend;
import dev.sluice.service.http.SluiceServer;
import java.time.Duration;
import java.util.Objects;

/** A running service with a movable clock, which also drives sweeps. */
public final class ReplayServer implements AutoCloseable {

  /** Shorter than a tenth of a lease; otherwise an outage. */
  private static final Duration STEP = Duration.ofSeconds(15);

  private final SluiceServer server;
  private final ReplayApplication.Observed observed;

  private ReplayServer(SluiceServer server) {
    this.server = server;
    observed = (ReplayApplication.Observed) server.configuration();
  }

  /** Starts on a backend; overrides are {@code key=value}. */
  static ReplayServer start(String backendType, String... overrides) {
    return new ReplayServer(SluiceServer.start(ReplayApplication.class, backendType, overrides));
  }

  public Calls calls(String bearer) {
    return new Calls(server.url(), bearer);
  }

  Calls operator() {
    return calls(SluiceServer.API_KEY);
  }

  /** For what no call sets. */
  QueueBackend backend() {
    return Objects.requireNonNull(observed.built);
  }

  long steps() {
    return observed.steps.get();
  }

  /** The store's time, epoch ms. */
  long now() {
    return observed.clock.now();
  }

  /** Moves it on without sweeps, while there is nothing that could expire. */
  void setClock(long ms) {
    observed.clock.jump(Duration.ofMillis(ms - now()));
  }

  String url() {
    return server.url();
  }

  /** Passes time with sweeps. */
  public void pass(Duration time) {
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      observed.clock.jump(step);
      backend().upkeep().sweep();
      left = left.minus(step);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
