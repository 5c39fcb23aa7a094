package dev.sluice.backend.engine.state;

import dev.sluice.backend.StoredBytes;
import dev.sluice.backend.engine.records.ArchiveRecord;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.JobRecord;

final class TouchedBytes {

  private final OrgState state;

  TouchedBytes(OrgState state) {
    this.state = state;
  }

  long bytes(Change change) {
    if (change instanceof Change.PutSession put) {
      return state.bytesOf(put.session().id());
    } else if (change instanceof Change.PutLiveness
        || change instanceof Change.PutCounters
        || change instanceof Change.AddEvent) {
      return 0;
    } else if (change instanceof Change.PutMessage put) {
      return inbox(put.message().sessionId());
    } else if (change instanceof Change.RemoveMessage remove) {
      return inbox(remove.message().sessionId());
    } else if (change instanceof Change.ClearInbox clear) {
      return inbox(clear.sessionId());
    } else if (change instanceof Change.PutWorker put) {
      return worker(put.worker().id());
    } else if (change instanceof Change.RemoveWorker remove) {
      return worker(remove.workerId());
    }
    return ofOver(change);
  }

  private long ofOver(Change change) {
    if (change instanceof Change.AddActivity add) {
      return state.bytesOf(add.sessionId());
    } else if (change instanceof Change.PutActivities put) {
      return state.bytesOf(put.sessionId());
    } else if (change instanceof Change.MoveOut move) {
      return state.bytesOf(move.session().id());
    } else if (change instanceof Change.RemoveSession remove) {
      return state.bytesOf(remove.sessionId());
    } else if (change instanceof Change.PutArchive put) {
      return archive(put.archive().sessionId());
    } else if (change instanceof Change.RemoveArchive remove) {
      return archive(remove.sessionId());
    } else if (change instanceof Change.PutAnswer put) {
      return state.answers().bytes(put.answer().key());
    } else if (change instanceof Change.RemoveAnswers remove) {
      return state.answers().bytes(remove.key());
    } else if (change instanceof Change.PutJob put) {
      return job(put.job().id());
    } else if (change instanceof Change.RemoveJob remove) {
      return job(remove.jobId());
    }
    return 0;
  }

  private long inbox(String sessionId) {
    Inbox inbox = state.inbox(sessionId);
    return inbox == null ? 0 : inbox.bytes();
  }

  private long worker(String id) {
    WorkerEntry worker = state.worker(id);
    return worker == null ? 0 : StoredBytes.of(worker.record().registration());
  }

  private long archive(String sessionId) {
    ArchiveRecord archive = state.archives().find(sessionId);
    return archive == null ? 0 : archive.bytes();
  }

  private long job(String id) {
    JobRecord job = state.jobs().find(id);
    return job == null ? 0 : job.bytes();
  }
}
