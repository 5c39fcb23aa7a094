package dev.sluice.backend.engine.operation;

/**
 * One operation on an org, carried out where its state is. Its components are all it knows, and go
 * over the wire as they are.
 *
 * @param <R> what it answers; a type that the wire knows
 */
public sealed interface Operation<R>
    permits Ack,
        AddActivity,
        AddAudit,
        AddJobs,
        AddStopRun,
        Beat,
        ClaimByName,
        Deregister,
        Drain,
        Enqueue,
        FailJob,
        FailMissing,
        Front,
        GiveBack,
        LimitQueue,
        MoveOut,
        Nack,
        NoteRevoked,
        NoteWritten,
        PauseQueue,
        Poll,
        ReadOperation,
        Refresh,
        Register,
        Report,
        Reprioritise,
        Requeue,
        ResumeQueue,
        Send,
        SetTime,
        Stop,
        Sweep,
        Touch,
        Transfer {

  /**
   * Decides, and applies what it decided.
   *
   * @throws dev.sluice.backend.RefusedException before it applied anything but a line on a timeline
   *     that says what was refused
   */
  R run(Step step);
}
