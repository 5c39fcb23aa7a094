package dev.sluice.backend.hazelcast.operation;

/**
 * One operation on an org, carried out where its state is. Its components are all it knows, and go
 * over the wire as they are.
 *
 * @param <R> what it answers; a type that the wire knows
 */
public sealed interface Operation<R>
    permits Ack,
        Beat,
        Deregister,
        Enqueue,
        FailMissing,
        Nack,
        Poll,
        ReadOperation,
        Register,
        Report,
        Send,
        Stop,
        Sweep {

  /**
   * Decides, and applies what it decided.
   *
   * @throws dev.sluice.backend.RefusedException before it applied anything
   */
  R run(Step step);
}
