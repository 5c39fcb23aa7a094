package dev.sluice.backend.engine.wire;

import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.findings.FindingOperations.AcknowledgeFinding;
import dev.sluice.backend.engine.findings.FindingOperations.ListFindings;
import dev.sluice.backend.engine.findings.FindingOperations.MuteFinding;
import dev.sluice.backend.engine.findings.FindingOperations.TakeNotices;
import dev.sluice.backend.engine.findings.ObserveFindings;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.read.InboxReads.CountMessages;
import dev.sluice.backend.engine.read.InboxReads.ListLane;
import dev.sluice.backend.engine.read.InboxReads.ListMessages;
import dev.sluice.backend.engine.read.InboxReads.ReadInbox;
import dev.sluice.backend.engine.read.ListReads.ListClaims;
import dev.sluice.backend.engine.read.ListReads.ListOfIssue;
import dev.sluice.backend.engine.read.ListReads.ListSessions;
import dev.sluice.backend.engine.read.ListReads.ListStandings;
import dev.sluice.backend.engine.read.ListReads.ListWork;
import dev.sluice.backend.engine.read.ListedSessions;
import dev.sluice.backend.engine.read.OrgReads.CountBytes;
import dev.sluice.backend.engine.read.OrgReads.CountWork;
import dev.sluice.backend.engine.read.OrgReads.FindJob;
import dev.sluice.backend.engine.read.OrgReads.FindStopOrder;
import dev.sluice.backend.engine.read.OrgReads.ListAudit;
import dev.sluice.backend.engine.read.PositionedSession;
import dev.sluice.backend.engine.read.QueueReads.FindQueue;
import dev.sluice.backend.engine.read.QueueReads.ListBuckets;
import dev.sluice.backend.engine.read.QueueReads.ListQueues;
import dev.sluice.backend.engine.read.ReadEvents;
import dev.sluice.backend.engine.read.ReadFigures;
import dev.sluice.backend.engine.read.SessionReads.FindNamed;
import dev.sluice.backend.engine.read.SessionReads.FindSession;
import dev.sluice.backend.engine.read.SessionReads.FindStanding;
import dev.sluice.backend.engine.read.SessionReads.ListActivities;
import dev.sluice.backend.engine.read.SessionReads.ListHeadlines;
import dev.sluice.backend.engine.read.SessionReads.ListStages;
import dev.sluice.backend.engine.read.SessionReads.ReadTimeline;
import dev.sluice.backend.engine.read.UpkeepReads.Orphans;
import dev.sluice.backend.engine.read.UpkeepReads.ReadOutbox;
import dev.sluice.backend.engine.read.WorkerReads.FindWorker;
import dev.sluice.backend.engine.read.WorkerReads.ListWorkers;
import dev.sluice.backend.engine.records.AckedRecord;
import dev.sluice.backend.engine.records.ActivityRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Delta;
import dev.sluice.backend.engine.records.FinalRecord;
import dev.sluice.backend.engine.records.JobRecord;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.OrgReply;
import dev.sluice.backend.engine.transfer.ClosureOperations.Close;
import dev.sluice.backend.engine.transfer.ClosureOperations.FindClosure;
import dev.sluice.backend.engine.transfer.ClosureOperations.Open;
import dev.sluice.backend.engine.transfer.ClosureOperations.RequireImport;
import dev.sluice.backend.engine.transfer.ClosureOperations.RequireOpen;
import dev.sluice.backend.engine.transfer.ImportOperations.Discard;
import dev.sluice.backend.engine.transfer.ImportOperations.Import;
import dev.sluice.backend.engine.transfer.ReadOrg;
import dev.sluice.backend.engine.write.BatchOperations.AddJobs;
import dev.sluice.backend.engine.write.BatchOperations.FailJob;
import dev.sluice.backend.engine.write.ClaimOperations.ClaimByName;
import dev.sluice.backend.engine.write.ClaimOperations.FailMissing;
import dev.sluice.backend.engine.write.ClaimOperations.GiveBack;
import dev.sluice.backend.engine.write.ClaimOperations.Nack;
import dev.sluice.backend.engine.write.ClaimOperations.Transfer;
import dev.sluice.backend.engine.write.Enqueue;
import dev.sluice.backend.engine.write.InboxOperations.Ack;
import dev.sluice.backend.engine.write.InboxOperations.Send;
import dev.sluice.backend.engine.write.OrderOperations.Front;
import dev.sluice.backend.engine.write.OrderOperations.Reprioritise;
import dev.sluice.backend.engine.write.OrderOperations.Requeue;
import dev.sluice.backend.engine.write.Poll;
import dev.sluice.backend.engine.write.QueueOperations.LimitQueue;
import dev.sluice.backend.engine.write.QueueOperations.PauseQueue;
import dev.sluice.backend.engine.write.QueueOperations.ResumeQueue;
import dev.sluice.backend.engine.write.ReportOperations.AddActivity;
import dev.sluice.backend.engine.write.ReportOperations.Refresh;
import dev.sluice.backend.engine.write.ReportOperations.Report;
import dev.sluice.backend.engine.write.ReportOperations.Touch;
import dev.sluice.backend.engine.write.StopOperations.AddAudit;
import dev.sluice.backend.engine.write.StopOperations.AddStopOrder;
import dev.sluice.backend.engine.write.StopOperations.Stop;
import dev.sluice.backend.engine.write.Sweep;
import dev.sluice.backend.engine.write.UpkeepOperations.MoveOut;
import dev.sluice.backend.engine.write.UpkeepOperations.NoteWritten;
import dev.sluice.backend.engine.write.UpkeepOperations.SetTime;
import dev.sluice.backend.engine.write.WorkerOperations.Deregister;
import dev.sluice.backend.engine.write.WorkerOperations.Drain;
import dev.sluice.backend.engine.write.WorkerOperations.NoteHeartbeat;
import dev.sluice.backend.engine.write.WorkerOperations.NoteKey;
import dev.sluice.backend.engine.write.WorkerOperations.NoteRevoked;
import dev.sluice.backend.engine.write.WorkerOperations.Protect;
import dev.sluice.backend.engine.write.WorkerOperations.Register;
import dev.sluice.backend.engine.write.WorkerOperations.SetNote;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.workers.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types that are written with a type number. */
final class WireTypes {

  /** The place of a type is its number in stored bytes: append, never remove or move. */
  static final List<Class<?>> TYPES =
      List.of(
          Long.class,
          Boolean.class,
          Change.PutSession.class,
          Change.PutWorker.class,
          Change.PutLiveness.class,
          Change.RemoveWorker.class,
          Change.PutMessage.class,
          Change.RemoveMessage.class,
          Change.ClearInbox.class,
          Change.PutCounters.class,
          Ack.class,
          NoteHeartbeat.class,
          CountWork.class,
          Deregister.class,
          Enqueue.class,
          FailMissing.class,
          FindSession.class,
          FindWorker.class,
          Nack.class,
          Poll.class,
          Register.class,
          Report.class,
          Send.class,
          Stop.class,
          Sweep.class,
          Counts.class,
          Worker.class,
          PositionedSession.class,
          MessageRecord.class,
          Deregister.Answer.class,
          Enqueue.Answer.class,
          Poll.Answer.class,
          Report.Answer.class,
          Stop.Answer.class,
          Sweep.Answer.class,
          Delta.class,
          OrgCall.class,
          OrgReply.class,
          Key.class,
          Stored.Names.class,
          Stored.FirstKeys.class,
          Change.RemoveSession.class,
          Change.MoveOut.class,
          Change.AddEvent.class,
          Change.PutTimeline.class,
          Change.AddActivity.class,
          Change.PutActivities.class,
          Change.PutArchive.class,
          Change.RemoveArchive.class,
          Change.PutQueue.class,
          Change.NoteRevoked.class,
          Change.ToWrite.class,
          Change.NoteWritten.class,
          AddActivity.class,
          ClaimByName.class,
          Drain.class,
          FindQueue.class,
          FindStanding.class,
          Front.class,
          LimitQueue.class,
          ListActivities.class,
          ListMessages.class,
          ListQueues.class,
          ListSessions.class,
          ListWork.class,
          ListWorkers.class,
          MoveOut.class,
          NoteRevoked.class,
          NoteWritten.class,
          Orphans.class,
          PauseQueue.class,
          ReadOutbox.class,
          ReadTimeline.class,
          Refresh.class,
          Reprioritise.class,
          Requeue.class,
          ResumeQueue.class,
          Touch.class,
          Transfer.class,
          ActivityRecord.class,
          ClaimByName.Answer.class,
          FindStanding.Answer.class,
          ListActivities.Answer.class,
          ListMessages.Answer.class,
          ListQueues.Answer.class,
          ListWorkers.Answer.class,
          NoteWritten.Answer.class,
          Orphans.Answer.class,
          ProjectQueue.class,
          ReadOutbox.Answer.class,
          ReadTimeline.Answer.class,
          Refresh.Answer.class,
          ListedSessions.class,
          FinalRecord.class,
          Stored.HintBatch.class,
          Change.PutJob.class,
          Change.RemoveJob.class,
          AddJobs.class,
          FailJob.class,
          FindJob.class,
          FindNamed.class,
          Ack.Answer.class,
          AddActivity.Answer.class,
          AddJobs.Answer.class,
          JobRecord.class,
          AuditLine.class,
          Change.AddAudit.class,
          Change.RemoveAudit.class,
          AddAudit.class,
          ListAudit.class,
          ListAudit.Answer.class,
          Change.PutAnswer.class,
          Change.RemoveAnswers.class,
          Send.Answer.class,
          GiveBack.class,
          GiveBack.Answer.class,
          StopOrder.class,
          Change.PutStopOrder.class,
          Change.RemoveStopOrder.class,
          AddStopOrder.class,
          FindStopOrder.class,
          ListClaims.class,
          ListClaims.Answer.class,
          ListStandings.class,
          ListStandings.Answer.class,
          InboxCounts.class,
          AckedRecord.class,
          Change.AddAcked.class,
          Change.PutAcked.class,
          CountMessages.class,
          ListLane.class,
          ListLane.Answer.class,
          ReadInbox.class,
          ReadInbox.Answer.class,
          Change.PutNodes.class,
          StoredTime.class,
          SetTime.class,
          Stored.Ended.class,
          CountBytes.class,
          SetNote.class,
          NoteHeartbeat.Answer.class,
          Change.PutClosure.class,
          Closure.class,
          FindClosure.class,
          FindClosure.Answer.class,
          RequireOpen.class,
          RequireImport.class,
          Close.class,
          Open.class,
          ReadOrg.class,
          ReadOrg.Answer.class,
          Import.class,
          Discard.class,
          ListHeadlines.class,
          ListHeadlines.Answer.class,
          Change.PutFinding.class,
          Change.RemoveFinding.class,
          Change.PutNotice.class,
          Change.RemoveNotice.class,
          Finding.class,
          ListFindings.class,
          ListFindings.Answer.class,
          ObserveFindings.class,
          AcknowledgeFinding.class,
          MuteFinding.class,
          TakeNotices.class,
          TakeNotices.Answer.class,
          Change.PutFigures.class,
          Change.RemoveFigures.class,
          ReadFigures.class,
          ReadFigures.Answer.class,
          ListBuckets.class,
          ListBuckets.Answer.class,
          ListOfIssue.class,
          Change.PutCall.class,
          ListStages.class,
          ListStages.Answer.class,
          Change.LogEvent.class,
          Change.DropEvents.class,
          ReadEvents.class,
          EventPage.class,
          Change.CountCause.class,
          Protect.class,
          NoteKey.class);

  private static final Map<Class<?>, Integer> IDS = new HashMap<>();

  static {
    for (int i = 0; i < TYPES.size(); i++) {
      IDS.put(TYPES.get(i), i + 1);
    }
  }

  private WireTypes() {}

  static int idOf(Class<?> type) {
    Integer id = IDS.get(type);
    if (id == null) {
      throw new IllegalArgumentException(type + " doesn't travel");
    }
    return id;
  }
}
