package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.operation.AuditOperations.AddAudit;
import dev.sluice.backend.engine.operation.BatchOperations.AddJobs;
import dev.sluice.backend.engine.operation.BatchOperations.FailJob;
import dev.sluice.backend.engine.operation.ClaimOperations.ClaimByName;
import dev.sluice.backend.engine.operation.ClaimOperations.FailMissing;
import dev.sluice.backend.engine.operation.ClaimOperations.GiveBack;
import dev.sluice.backend.engine.operation.ClaimOperations.Nack;
import dev.sluice.backend.engine.operation.ClaimOperations.Transfer;
import dev.sluice.backend.engine.operation.InboxOperations.Ack;
import dev.sluice.backend.engine.operation.InboxOperations.Send;
import dev.sluice.backend.engine.operation.OrderOperations.Front;
import dev.sluice.backend.engine.operation.OrderOperations.Reprioritise;
import dev.sluice.backend.engine.operation.OrderOperations.Requeue;
import dev.sluice.backend.engine.operation.QueueOperations.LimitQueue;
import dev.sluice.backend.engine.operation.QueueOperations.PauseQueue;
import dev.sluice.backend.engine.operation.QueueOperations.ResumeQueue;
import dev.sluice.backend.engine.operation.ReportOperations.AddActivity;
import dev.sluice.backend.engine.operation.ReportOperations.Refresh;
import dev.sluice.backend.engine.operation.ReportOperations.Report;
import dev.sluice.backend.engine.operation.ReportOperations.Touch;
import dev.sluice.backend.engine.operation.StopOperations.AddStopRun;
import dev.sluice.backend.engine.operation.StopOperations.Stop;
import dev.sluice.backend.engine.operation.UpkeepOperations.MoveOut;
import dev.sluice.backend.engine.operation.UpkeepOperations.NoteWritten;
import dev.sluice.backend.engine.operation.UpkeepOperations.SetTime;
import dev.sluice.backend.engine.operation.WorkerOperations.Beat;
import dev.sluice.backend.engine.operation.WorkerOperations.Deregister;
import dev.sluice.backend.engine.operation.WorkerOperations.Drain;
import dev.sluice.backend.engine.operation.WorkerOperations.NoteRevoked;
import dev.sluice.backend.engine.operation.WorkerOperations.Register;

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
