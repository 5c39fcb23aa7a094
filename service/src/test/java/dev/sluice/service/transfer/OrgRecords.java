package dev.sluice.service.transfer;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.inbox.AckedMessage;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.Pause;
import dev.sluice.backend.queues.QueueLimits;
import dev.sluice.backend.sessions.Attempt;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Event;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.sessions.ToolUse;
import dev.sluice.backend.stops.StopOrder;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.FailedRuns;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A record of each type, with hard texts. */
final class OrgRecords {

  private static final String HARD = "a\"b\\c\u2028 \u00e9 \ud83d\ude00 \n\t end";

  private OrgRecords() {}

  static List<OrgRecord> ofEachType() {
    return List.of(
        new OrgRecord.Numbers(7, 1_838_663_188_032_512L, 1_795_569_518_959L, 5, 0, 9, 8),
        new OrgRecord.Revoked("key-1"),
        new OrgRecord.StoredKey(
            "ab12",
            new Key(
                "key-2",
                "default",
                Key.Type.USER,
                HARD,
                Set.of(Scope.KEYS_WRITE),
                List.of("p"),
                1,
                2L,
                null),
            3),
        new OrgRecord.Project(
            "p", new QueueLimits(0, 5_000_000L), 12, 20_000, new Pause(HARD, "op", 1, 0)),
        new WorkerCopy(
            new Registration(
                "w",
                "key-1",
                Dialect.STANDARD,
                "host",
                2,
                Projects.of(List.of("p")),
                List.of("gpu"),
                false,
                null,
                "{\"a\":1}",
                List.of("parser/acme")),
            1,
            2,
            false,
            1,
            true,
            false,
            0,
            3,
            0,
            0,
            4,
            5,
            "r-1",
            List.of(new WorkerCopy.ClaimRef("s", 9)),
            HARD,
            0,
            0,
            -1,
            List.of(),
            List.of("s"),
            List.of(),
            List.of(),
            2,
            new FailedRuns(3, "spawn-failed"),
            6),
        new SessionCopy(
            "s",
            "i",
            "ENG-1",
            new Subject("Fix it", "main", "opus"),
            "p",
            List.of("gpu"),
            "parser/acme",
            3,
            1_795_569_518_959L,
            31_795_569_518_959L,
            0,
            0,
            1,
            2,
            "hash",
            "{\"prompt\":\"" + "x".repeat(9) + "\"}",
            List.of("public"),
            Place.CLAIMED,
            SessionState.RUNNING,
            1,
            2,
            3,
            0,
            new ClaimState(
                "w",
                9,
                0,
                1,
                2,
                0,
                new TreeMap<>(Map.of("summary", "\"done\"")),
                3,
                420_000,
                false,
                new ToolUse("Bash", 4, 5),
                new Attempt("a", "h")),
            new ReturnInfo(null, 0, null, DeadReason.DEADLINE, List.of(new Nacker("w", 1, 0))),
            List.of(new Event(3, 4, Event.Kind.CLAIMED, "w", null))),
        new OrgRecord.Told("s", 1, 2, "thought", HARD),
        new MessageCopy(
            "s", "5-6", 6, MessageType.DIRECTIVE, Lane.URGENT, HARD, "u", null, 5, 0, null, 0),
        new OrgRecord.Acked(
            "s",
            List.of(
                new AckedMessage(
                    new Message("5-6", "s", MessageType.NUDGE, Lane.NORMAL, "t", null, null, 5),
                    6,
                    "w",
                    ""))),
        new JobCopy("j", "h", "{}", 1, BatchJob.State.OFFERED, 1, "w", 1, 2, 3, true),
        new OrgRecord.Stop(
            new StopOrder("stp", null, "op", "", 1, List.of(new StopTarget("s", 9)))),
        new OrgRecord.Answer("k", 0, "h", 1, "s", false, SessionState.PENDING, 1, 0),
        new OrgRecord.Audited(new AuditLine(1, 2, "op", "stop", "s", "", "", 1, 2)),
        new OrgRecord.Logged(4_711));
  }
}
