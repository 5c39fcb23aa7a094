package dev.sluice.backend.engine.operation;

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
