package dev.sluice.backend.engine.operation;

/** How many bytes are stored, as {@link dev.sluice.backend.StoredBytes} counts them. */
public record CountBytes() implements ReadOperation<Long> {

  @Override
  public Long run(Step step) {
    return step.state().bytes();
  }
}
