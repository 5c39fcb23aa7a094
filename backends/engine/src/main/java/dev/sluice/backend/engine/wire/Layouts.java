package dev.sluice.backend.engine.wire;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.Rules;
import dev.sluice.backend.engine.findings.FindingOperations.AcknowledgeFinding;
import dev.sluice.backend.engine.findings.FindingOperations.ListFindings;
import dev.sluice.backend.engine.findings.FindingOperations.MuteFinding;
import dev.sluice.backend.engine.findings.FindingOperations.TakeNotices;
import dev.sluice.backend.engine.findings.ObserveFindings;
import dev.sluice.backend.engine.operation.OrgCall;
import dev.sluice.backend.engine.operation.StoredText;
import dev.sluice.backend.engine.read.ListReads.ListOfIssue;
import dev.sluice.backend.engine.read.QueueReads.ListBuckets;
import dev.sluice.backend.engine.read.ReadEvents;
import dev.sluice.backend.engine.read.ReadFigures;
import dev.sluice.backend.engine.read.SessionReads.ListHeadlines;
import dev.sluice.backend.engine.read.SessionReads.ListStages;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.Liveness;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.WorkerRecord;
import dev.sluice.backend.engine.write.Enqueue;
import dev.sluice.backend.engine.write.Poll;
import dev.sluice.backend.engine.write.Sweep;
import dev.sluice.backend.engine.write.UpkeepOperations.MoveOut;
import dev.sluice.backend.engine.write.WorkerOperations.NoteHeartbeat;
import dev.sluice.backend.engine.write.WorkerOperations.NoteKey;
import dev.sluice.backend.engine.write.WorkerOperations.Protect;
import dev.sluice.backend.events.EventPage;
import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.workers.FailedRuns;
import dev.sluice.backend.workers.Heartbeat;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.util.ArrayList;
import java.util.List;

/**
 * The layouts of stored and sent bytes. A layout is a number, also that of the journal file.
 * Readers read all up to the newest; writers write the one in force, so that nodes of the release
 * before read it too.
 *
 * <p>To add a component, a constant of an enum or a type: append it, raise {@link #OF_THIS_BUILD}
 * once a release, and name it there. {@code LayoutsTest} fails for one that is not named. Until its
 * layout is in force, operations come without newer components. One that makes newer content by
 * itself must do without it then, since copies lack it.
 *
 * @param newest that is known
 * @param added after {@link #FIRST}; those after {@code newest} are unknown, as to an older build
 */
public record Layouts(int newest, List<Added> added) {

  /** That of release 0.1.0, the oldest that is written. */
  public static final int FIRST = 4;

  private static final int SUBJECTS = 5;

  /** Components that are not written: {@link StoredForm}. */
  private static final int NEVER = Integer.MAX_VALUE;

  public static final Layouts OF_THIS_BUILD =
      new Layouts(
          SUBJECTS,
          List.of(
              new Added(SUBJECTS, SessionRecord.class, List.of("subject")),
              new Added(SUBJECTS, Enqueue.Item.class, List.of("subject", "takenId")),
              new Added(SUBJECTS, ListHeadlines.class, List.of()),
              new Added(SUBJECTS, ListHeadlines.Answer.class, List.of()),
              new Added(SUBJECTS, Change.PutFinding.class, List.of()),
              new Added(SUBJECTS, Change.RemoveFinding.class, List.of()),
              new Added(SUBJECTS, Change.PutNotice.class, List.of()),
              new Added(SUBJECTS, Change.RemoveNotice.class, List.of()),
              new Added(SUBJECTS, Finding.class, List.of()),
              new Added(
                  SUBJECTS,
                  Refusal.class,
                  List.of("UNKNOWN_FINDING", "UPGRADING", "ID_TAKEN", "NOT_REPLACED")),
              new Added(SUBJECTS, ListFindings.class, List.of()),
              new Added(SUBJECTS, ListFindings.Answer.class, List.of()),
              new Added(SUBJECTS, ObserveFindings.class, List.of()),
              new Added(SUBJECTS, AcknowledgeFinding.class, List.of()),
              new Added(SUBJECTS, MuteFinding.class, List.of()),
              new Added(SUBJECTS, TakeNotices.class, List.of()),
              new Added(SUBJECTS, TakeNotices.Answer.class, List.of()),
              new Added(SUBJECTS, Change.PutFigures.class, List.of()),
              new Added(SUBJECTS, Change.RemoveFigures.class, List.of()),
              new Added(SUBJECTS, Change.CountCause.class, List.of()),
              new Added(SUBJECTS, ReadFigures.class, List.of()),
              new Added(SUBJECTS, ReadFigures.Answer.class, List.of()),
              new Added(SUBJECTS, Sweep.class, List.of("figures")),
              new Added(SUBJECTS, ListBuckets.class, List.of()),
              new Added(SUBJECTS, ListBuckets.Answer.class, List.of()),
              new Added(SUBJECTS, ListOfIssue.class, List.of()),
              new Added(SUBJECTS, ListStages.class, List.of()),
              new Added(SUBJECTS, ListStages.Answer.class, List.of()),
              new Added(SUBJECTS, MovedSession.class, List.of("issue")),
              new Added(SUBJECTS, MoveOut.class, List.of("numbered")),
              new Added(SUBJECTS, OrgCall.class, List.of("id")),
              new Added(SUBJECTS, Change.PutCall.class, List.of()),
              new Added(SUBJECTS, Liveness.class, List.of("offeredBy", "offeredBySinceMs")),
              new Added(SUBJECTS, Poll.class, List.of("node", "messageBytes")),
              new Added(SUBJECTS, MessageRecord.class, List.of("jsonBytes")),
              new Added(SUBJECTS, StoredText.class, List.of("jsonBytes")),
              new Added(SUBJECTS, Rules.Bounds.class, List.of("maxWorkersPerKey")),
              new Added(SUBJECTS, Holder.class, List.of("named")),
              new Added(SUBJECTS, Nacker.class, List.of("denied")),
              new Added(
                  SUBJECTS,
                  WorkerRecord.class,
                  List.of("denials", "failedRuns", "quota", "protectedUntilMs")),
              new Added(
                  SUBJECTS,
                  Worker.class,
                  List.of("failedRuns", "quota", "inherited", "offeredJobs", "protectedUntilMs")),
              new Added(SUBJECTS, FailedRuns.class, List.of()),
              new Added(SUBJECTS, StatusReport.class, List.of("failure")),
              new Added(SUBJECTS, Failure.class, List.of()),
              new Added(SUBJECTS, Remedy.class, List.of()),
              new Added(SUBJECTS, Heartbeat.class, List.of("quota")),
              new Added(SUBJECTS, NoteHeartbeat.Answer.class, List.of("dialect", "drained")),
              new Added(SUBJECTS, Rules.Kept.class, List.of("loggedMs", "maxLogged")),
              new Added(SUBJECTS, Change.LogEvent.class, List.of()),
              new Added(SUBJECTS, Change.DropEvents.class, List.of()),
              new Added(SUBJECTS, ReadEvents.class, List.of()),
              new Added(SUBJECTS, EventPage.class, List.of()),
              new Added(SUBJECTS, LoggedEvent.class, List.of()),
              new Added(SUBJECTS, EventType.class, List.of()),
              new Added(SUBJECTS, Protect.class, List.of()),
              new Added(SUBJECTS, NoteKey.class, List.of()),
              new Added(NEVER, Registration.class, List.of("repositories"))));

  /**
   * @param layout with which it came
   * @param names of components or constants; none if the type itself is new
   */
  public record Added(int layout, Class<?> type, List<String> names) {

    public Added {
      names = List.copyOf(names);
    }
  }

  public Layouts {
    added = List.copyOf(added);
  }

  /** The layouts of an older build. */
  public Layouts upTo(int older) {
    return new Layouts(older, added);
  }

  /** One layout more, for tests. */
  public Layouts with(Added... more) {
    List<Added> all = new ArrayList<>(added);
    all.addAll(List.of(more));
    return new Layouts(newest + 1, all);
  }

  int since(Class<?> type) {
    return added.stream()
        .filter(each -> each.type() == type && each.names().isEmpty())
        .mapToInt(Added::layout)
        .findAny()
        .orElse(FIRST);
  }

  int since(Class<?> type, String name) {
    return added.stream()
        .filter(each -> each.type() == type && each.names().contains(name))
        .mapToInt(Added::layout)
        .findAny()
        .orElse(FIRST);
  }
}
