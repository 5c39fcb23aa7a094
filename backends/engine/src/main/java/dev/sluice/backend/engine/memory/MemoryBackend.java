package dev.sluice.backend.engine.memory;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.EngineBackend;
import dev.sluice.backend.store.BackendEnvironment;
import java.nio.file.Path;

public final class MemoryBackend extends EngineBackend {

  private final MemoryStore store;

  public MemoryBackend(BackendEnvironment environment) {
    this(new MemoryStore(environment, new ChangeLog.None()));
  }

  /**
   * @param time may replace the clock in tests
   */
  public MemoryBackend(Rules rules, StoreTime time) {
    this(new BackendEnvironment(rules, Path.of("unused"), time));
  }

  /**
   * @param store closed with the backend, its log too
   */
  public MemoryBackend(MemoryStore store) {
    super(store);
    this.store = store;
  }

  public MemoryStore store() {
    return store;
  }

  @Override
  public boolean inProcess() {
    return true;
  }

  @Override
  public void close() {
    store.close();
  }
}
