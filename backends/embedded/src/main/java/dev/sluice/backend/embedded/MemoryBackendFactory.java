package dev.sluice.backend.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.store.QueueBackendFactory;

@JsonTypeName("memory")
@JsonIgnoreProperties(ignoreUnknown = true) // blocks of other types
public final class MemoryBackendFactory implements QueueBackendFactory {

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    return new MemoryBackend(environment);
  }

  @Override
  public String description() {
    return "memory of this process: nothing survives its end";
  }
}
