package dev.sluice.backend.engine.memory;

import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.EngineBackend;

public final class MemoryBackend extends EngineBackend {

  private static final long MAX_WAITING = 1_000_000;
  private static final long MAX_ENDED = 100_000;

  private final MemoryStore store;

  public MemoryBackend(BackendEnvironment environment) {
    this(environment.rules(), environment.time());
  }

  /**
   * @param time may replace the clock in tests
   */
  public MemoryBackend(Rules rules, StoreTime time) {
    this(
        new MemoryStore(
            rules.withDefaults(MAX_WAITING, MAX_ENDED, Runtime.getRuntime().maxMemory() / 3),
            time));
  }

  private MemoryBackend(MemoryStore store) {
    super(store);
    this.store = store;
  }

  MemoryStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
  }
}
