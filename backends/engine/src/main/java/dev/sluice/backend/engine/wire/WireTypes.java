package dev.sluice.backend.engine.wire;

import dev.sluice.backend.StoredTime;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.operation.AuditOperations.AddAudit;
import dev.sluice.backend.engine.operation.AuditOperations.ListAudit;
import dev.sluice.backend.engine.operation.BatchOperations.AddJobs;
import dev.sluice.backend.engine.operation.BatchOperations.FailJob;
import dev.sluice.backend.engine.operation.BatchOperations.FindJob;
import dev.sluice.backend.engine.operation.ClaimOperations.ClaimByName;
import dev.sluice.backend.engine.operation.ClaimOperations.FailMissing;
import dev.sluice.backend.engine.operation.ClaimOperations.GiveBack;
import dev.sluice.backend.engine.operation.ClaimOperations.Nack;
import dev.sluice.backend.engine.operation.ClaimOperations.Transfer;
import dev.sluice.backend.engine.operation.Enqueue;
import dev.sluice.backend.engine.operation.InboxOperations.Ack;
import dev.sluice.backend.engine.operation.InboxOperations.CountMessages;
import dev.sluice.backend.engine.operation.InboxOperations.ListLane;
import dev.sluice.backend.engine.operation.InboxOperations.ListMessages;
import dev.sluice.backend.engine.operation.InboxOperations.ReadInbox;
import dev.sluice.backend.engine.operation.InboxOperations.Send;
import dev.sluice.backend.engine.operation.ListOperations.ListClaims;
import dev.sluice.backend.engine.operation.ListOperations.ListSessions;
import dev.sluice.backend.engine.operation.ListOperations.ListStandings;
import dev.sluice.backend.engine.operation.ListOperations.ListWork;
import dev.sluice.backend.engine.operation.OrderOperations.Front;
import dev.sluice.backend.engine.operation.OrderOperations.Reprioritise;
import dev.sluice.backend.engine.operation.OrderOperations.Requeue;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.Poll;
import dev.sluice.backend.engine.operation.QueueOperations.FindQueue;
import dev.sluice.backend.engine.operation.QueueOperations.LimitQueue;
import dev.sluice.backend.engine.operation.QueueOperations.ListQueues;
import dev.sluice.backend.engine.operation.QueueOperations.PauseQueue;
import dev.sluice.backend.engine.operation.QueueOperations.ResumeQueue;
import dev.sluice.backend.engine.operation.Reply;
import dev.sluice.backend.engine.operation.ReportOperations.AddActivity;
import dev.sluice.backend.engine.operation.ReportOperations.Refresh;
import dev.sluice.backend.engine.operation.ReportOperations.Report;
import dev.sluice.backend.engine.operation.ReportOperations.Touch;
import dev.sluice.backend.engine.operation.SessionOperations.CountBytes;
import dev.sluice.backend.engine.operation.SessionOperations.CountWork;
import dev.sluice.backend.engine.operation.SessionOperations.FindNamed;
import dev.sluice.backend.engine.operation.SessionOperations.FindSession;
import dev.sluice.backend.engine.operation.SessionOperations.FindStanding;
import dev.sluice.backend.engine.operation.SessionOperations.ListActivities;
import dev.sluice.backend.engine.operation.SessionOperations.ReadTimeline;
import dev.sluice.backend.engine.operation.SessionPage;
import dev.sluice.backend.engine.operation.SessionView;
import dev.sluice.backend.engine.operation.StopOperations.AddStopRun;
import dev.sluice.backend.engine.operation.StopOperations.FindStopRun;
import dev.sluice.backend.engine.operation.StopOperations.Stop;
import dev.sluice.backend.engine.operation.Sweep;
import dev.sluice.backend.engine.operation.UpkeepOperations.MoveOut;
import dev.sluice.backend.engine.operation.UpkeepOperations.NoteWritten;
import dev.sluice.backend.engine.operation.UpkeepOperations.Orphans;
import dev.sluice.backend.engine.operation.UpkeepOperations.ReadOutbox;
import dev.sluice.backend.engine.operation.UpkeepOperations.SetTime;
import dev.sluice.backend.engine.operation.WorkerOperations.Beat;
import dev.sluice.backend.engine.operation.WorkerOperations.Deregister;
import dev.sluice.backend.engine.operation.WorkerOperations.Drain;
import dev.sluice.backend.engine.operation.WorkerOperations.FindWorker;
import dev.sluice.backend.engine.operation.WorkerOperations.ListWorkers;
import dev.sluice.backend.engine.operation.WorkerOperations.NoteRevoked;
import dev.sluice.backend.engine.operation.WorkerOperations.Register;
import dev.sluice.backend.engine.state.AckedRecord;
import dev.sluice.backend.engine.state.ActivityRecord;
import dev.sluice.backend.engine.state.Change;
import dev.sluice.backend.engine.state.Delta;
import dev.sluice.backend.engine.state.FinalRecord;
import dev.sluice.backend.engine.state.JobRecord;
import dev.sluice.backend.engine.state.MessageRecord;
import dev.sluice.backend.inbox.InboxCounts;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.ProjectQueue;
import dev.sluice.backend.stops.StopRun;
import dev.sluice.backend.workers.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types whose values travel with their type before them. */
public final class WireTypes {

  /**
   * A type's place in this list is its number in stored bytes: new ones go to the end, none is ever
   * removed or moved.
   */
  static final List<Class<?>> TYPES =
      List.of(
          Long.class,
          Boolean.class,
          // changes
          Change.PutSession.class,
          Change.PutWorker.class,
          Change.PutPulse.class,
          Change.RemoveWorker.class,
          Change.PutMessage.class,
          Change.RemoveMessage.class,
          Change.ClearInbox.class,
          Change.PutCounters.class,
          // operations
          Ack.class,
          Beat.class,
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
          // answers
          Counts.class,
          Worker.class,
          SessionView.class,
          MessageRecord.class,
          Deregister.Answer.class,
          Enqueue.Answer.class,
          Poll.Answer.class,
          Report.Answer.class,
          Stop.Answer.class,
          Sweep.Answer.class,
          // around them
          Delta.class,
          OrgCall.class,
          Reply.class,
          // stored in small maps
          Key.class,
          Stored.Names.class,
          Stored.FirstKeys.class,
          // step 2
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
          SessionPage.class,
          FinalRecord.class,
          Stored.News.class,
          // clients
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
          // operators
          AuditLine.class,
          Change.AddAudit.class,
          Change.RemoveAudit.class,
          AddAudit.class,
          ListAudit.class,
          ListAudit.Answer.class,
          // calls with a key
          Change.PutReplay.class,
          Change.RemoveReplays.class,
          Send.Answer.class,
          // polls that wait
          GiveBack.class,
          GiveBack.Answer.class,
          // stops of many
          StopRun.class,
          Change.PutStopRun.class,
          Change.RemoveStopRun.class,
          AddStopRun.class,
          FindStopRun.class,
          // small lists
          ListClaims.class,
          ListClaims.Answer.class,
          ListStandings.class,
          ListStandings.Answer.class,
          // inboxes of the fleet, and what was acknowledged
          InboxCounts.class,
          AckedRecord.class,
          Change.AddAcked.class,
          Change.PutAcked.class,
          CountMessages.class,
          ListLane.class,
          ListLane.Answer.class,
          ReadInbox.class,
          ReadInbox.Answer.class,
          // no-shows
          Change.PutNodes.class,
          // time
          StoredTime.class,
          SetTime.class,
          // tokens
          Stored.Ended.class,
          // bounds
          CountBytes.class);

  private static final Map<Class<?>, Integer> IDS = new HashMap<>();

  static {
    for (int i = 0; i < TYPES.size(); i++) {
      IDS.put(TYPES.get(i), i + 1);
    }
  }

  private WireTypes() {}

  /** A value with its type before it, as bytes. */
  public static byte[] toBytes(Object value) {
    ByteWriter out = new ByteWriter();
    new Shape.AnyOf().write(out, value);
    return out.toByteArray();
  }

  /** What {@link #toBytes} made bytes of. */
  public static @Nullable Object fromBytes(byte[] bytes) {
    return new Shape.AnyOf().read(new ByteReader(bytes));
  }

  static int idOf(Class<?> type) {
    Integer id = IDS.get(type);
    if (id == null) {
      throw new IllegalArgumentException(type + " doesn't travel");
    }
    return id;
  }

  static Shape shape(int id) {
    if (id > TYPES.size()) {
      throw new UnreadableBytesException("no type has the number " + id);
    }
    return Holder.SHAPES[id - 1];
  }

  /** Made after the list: shapes refer to each other by it. */
  private static final class Holder {
    private static final Shape[] SHAPES = TYPES.stream().map(Holder::shape).toArray(Shape[]::new);

    private static Shape shape(Class<?> type) {
      if (type == Long.class) {
        return Shape.of(long.class);
      }
      return type == Boolean.class ? Shape.of(boolean.class) : Shape.of(type);
    }
  }
}
