package dev.sluice.backend.engine.operation;

import dev.sluice.backend.engine.operation.AuditOperations.ListAudit;
import dev.sluice.backend.engine.operation.BatchOperations.FindJob;
import dev.sluice.backend.engine.operation.InboxOperations.CountMessages;
import dev.sluice.backend.engine.operation.InboxOperations.ListLane;
import dev.sluice.backend.engine.operation.InboxOperations.ListMessages;
import dev.sluice.backend.engine.operation.InboxOperations.ReadInbox;
import dev.sluice.backend.engine.operation.ListOperations.ListClaims;
import dev.sluice.backend.engine.operation.ListOperations.ListSessions;
import dev.sluice.backend.engine.operation.ListOperations.ListStandings;
import dev.sluice.backend.engine.operation.ListOperations.ListWork;
import dev.sluice.backend.engine.operation.QueueOperations.FindQueue;
import dev.sluice.backend.engine.operation.QueueOperations.ListQueues;
import dev.sluice.backend.engine.operation.SessionOperations.CountBytes;
import dev.sluice.backend.engine.operation.SessionOperations.CountWork;
import dev.sluice.backend.engine.operation.SessionOperations.FindNamed;
import dev.sluice.backend.engine.operation.SessionOperations.FindSession;
import dev.sluice.backend.engine.operation.SessionOperations.FindStanding;
import dev.sluice.backend.engine.operation.SessionOperations.ListActivities;
import dev.sluice.backend.engine.operation.SessionOperations.ReadTimeline;
import dev.sluice.backend.engine.operation.StopOperations.FindStopRun;
import dev.sluice.backend.engine.operation.UpkeepOperations.Orphans;
import dev.sluice.backend.engine.operation.UpkeepOperations.ReadOutbox;
import dev.sluice.backend.engine.operation.WorkerOperations.FindWorker;
import dev.sluice.backend.engine.operation.WorkerOperations.ListWorkers;

/** An operation that applies nothing, whatever it finds. */
public sealed interface ReadOperation<R> extends Operation<R>
    permits CountBytes,
        CountMessages,
        CountWork,
        FindJob,
        FindNamed,
        FindQueue,
        FindSession,
        FindStanding,
        FindStopRun,
        FindWorker,
        ListActivities,
        ListAudit,
        ListClaims,
        ListLane,
        ListMessages,
        ListQueues,
        ListSessions,
        ListStandings,
        ListWork,
        ListWorkers,
        Orphans,
        ReadInbox,
        ReadOutbox,
        ReadTimeline {}
