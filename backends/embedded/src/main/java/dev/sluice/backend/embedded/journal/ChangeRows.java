package dev.sluice.backend.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.engine.StoreTable;
import dev.sluice.backend.engine.records.Change;
import dev.sluice.backend.engine.records.MessageRecord;
import dev.sluice.backend.engine.wire.WireFormat;
import java.util.HexFormat;
import java.util.List;

/**
 * Changes as rows of the journal: a row's value is a change that rebuilds a record. Keys are {@code
 * org SEPARATOR kind name...}: in key order the rows of an org are together, and each kind follows
 * the kinds it needs.
 */
final class ChangeRows {

  static final char SESSION = '1';

  static final char COUNTERS = '2';
  static final char WORKER = '3';
  static final char EVENT = '4';
  static final char ACTIVITY = '5';
  static final char MESSAGE = '6';
  static final char ARCHIVE = '7';
  static final char QUEUE = '8';
  static final char REVOKED = '9';
  static final char TO_WRITE = 'A';
  static final char WRITTEN = 'B';
  static final char JOB = 'C';
  static final char AUDIT = 'D';
  static final char REPLAY = 'R';
  static final char STOP_ORDER = 'E';
  static final char ACKED = 'F';
  static final char CLOSURE = 'G';
  static final char FINDING = 'H';
  static final char NOTICE = 'I';
  static final char FIGURES = 'J';

  private static final char SEPARATOR = (char) Row.SEPARATOR;

  private ChangeRows() {}

  static void add(WireFormat wire, String org, Change change, List<Row> rows) {
    Key key = new Key(wire, org);
    if (change instanceof Change.PutSession put) {
      rows.add(key.put(key.of(SESSION, put.session().id()), change));
    } else if (change instanceof Change.PutCounters) {
      rows.add(key.put(key.of(COUNTERS), change));
    } else if (change instanceof Change.PutWorker put) {
      rows.add(key.put(key.of(WORKER, put.worker().id()), change));
    } else if (change instanceof Change.RemoveWorker remove) {
      rows.add(delete(key.of(WORKER, remove.workerId())));
    } else if (change instanceof Change.PutQueue put) {
      rows.add(key.put(key.of(QUEUE, put.queue().project()), change));
    } else if (change instanceof Change.NoteRevoked note) {
      rows.add(key.put(key.of(REVOKED, note.keyId()), change));
    } else if (change instanceof Change.PutJob put) {
      rows.add(key.put(key.of(JOB, put.job().id()), change));
    } else if (change instanceof Change.RemoveJob remove) {
      rows.add(delete(key.of(JOB, remove.jobId())));
    } else if (change instanceof Change.AddAudit add) {
      rows.add(key.put(key.of(AUDIT, add.line().id()), change));
    } else if (change instanceof Change.RemoveAudit remove) {
      rows.add(delete(key.of(AUDIT, remove.id())));
    } else if (change instanceof Change.PutAnswer put) {
      rows.add(key.put(key.of(REPLAY, put.answer().key(), put.answer().part()), change));
    } else if (change instanceof Change.RemoveAnswers remove) {
      rows.add(deleteUnder(key.of(REPLAY, remove.key())));
    } else if (change instanceof Change.PutStopOrder put) {
      rows.add(key.put(key.of(STOP_ORDER, put.order().id()), change));
    } else if (change instanceof Change.RemoveStopOrder remove) {
      rows.add(delete(key.of(STOP_ORDER, remove.id())));
    } else if (change instanceof Change.PutClosure put) {
      String row = key.of(CLOSURE);
      rows.add(put.closure() == null ? delete(row) : key.put(row, change));
    } else if (change instanceof Change.PutFigures put) {
      rows.add(key.put(key.of(FIGURES, put.bucket().startMs()), change));
    } else if (change instanceof Change.RemoveFigures remove) {
      rows.add(delete(key.of(FIGURES, remove.startMs())));
    } else if (written(change) && !addOfFindings(key, change, rows)) {
      addOfSession(key, change, rows);
    }
  }

  private static boolean addOfFindings(Key key, Change change, List<Row> rows) {
    if (change instanceof Change.PutFinding put) {
      rows.add(key.put(key.of(FINDING, put.finding().finding().key()), change));
    } else if (change instanceof Change.RemoveFinding remove) {
      rows.add(delete(key.of(FINDING, remove.key())));
    } else if (change instanceof Change.PutNotice put) {
      rows.add(key.put(key.of(NOTICE, put.notice().notice().id()), change));
    } else if (change instanceof Change.RemoveNotice remove) {
      rows.add(delete(key.of(NOTICE, remove.id())));
    } else {
      return false;
    }
    return true;
  }

  /** False for changes that a restart rebuilds, or needs no more: callers end with the process. */
  static boolean written(Change change) {
    return !(change instanceof Change.PutLiveness
        || change instanceof Change.PutNodes
        || change instanceof Change.PutCall);
  }

  private static void addOfSession(Key key, Change change, List<Row> rows) {
    if (change instanceof Change.AddEvent add) {
      rows.add(key.put(key.of(EVENT, add.sessionId(), add.number()), change));
      if (add.number() > add.keep()) {
        rows.add(delete(key.of(EVENT, add.sessionId(), add.number() - add.keep())));
      }
    } else if (change instanceof Change.PutTimeline put) {
      rows.add(deleteUnder(key.of(EVENT, put.sessionId())));
      rows.add(key.put(key.of(EVENT, put.sessionId(), 0), change));
    } else if (change instanceof Change.AddActivity add) {
      long id = add.activity().id();
      rows.add(key.put(key.of(ACTIVITY, add.sessionId(), id), change));
      if (id > add.keep()) {
        rows.add(delete(key.of(ACTIVITY, add.sessionId(), id - add.keep())));
      }
    } else if (change instanceof Change.PutActivities put) {
      rows.add(deleteUnder(key.of(ACTIVITY, put.sessionId())));
      rows.add(key.put(key.of(ACTIVITY, put.sessionId(), 0), change));
    } else if (change instanceof Change.PutMessage put) {
      rows.add(key.put(message(key, put.message()), change));
    } else if (change instanceof Change.RemoveMessage remove) {
      rows.add(delete(message(key, remove.message())));
    } else if (change instanceof Change.ClearInbox clear) {
      rows.add(deleteUnder(key.of(MESSAGE, clear.sessionId())));
    } else if (change instanceof Change.AddAcked add) {
      rows.add(key.put(key.of(ACKED, add.sessionId(), add.number()), change));
      if (add.number() > add.keep()) {
        rows.add(delete(key.of(ACKED, add.sessionId(), add.number() - add.keep())));
      }
    } else if (change instanceof Change.PutAcked put) {
      rows.add(deleteUnder(key.of(ACKED, put.sessionId())));
      rows.add(key.put(key.of(ACKED, put.sessionId(), 0), change));
    } else if (change instanceof Change.PutArchive put) {
      rows.add(key.put(key.of(ARCHIVE, put.archive().sessionId()), change));
    } else if (change instanceof Change.RemoveArchive remove) {
      rows.add(delete(key.of(ARCHIVE, remove.sessionId())));
    } else {
      addOfEnded(key, change, rows);
    }
  }

  private static void addOfEnded(Key key, Change change, List<Row> rows) {
    if (change instanceof Change.ToWrite write) {
      rows.add(key.put(key.of(TO_WRITE, write.sessionId()), change));
    } else if (change instanceof Change.NoteWritten note) {
      rows.add(key.put(key.of(WRITTEN, note.sessionId()), change));
    } else if (change instanceof Change.MoveOut move) {
      forget(key, move.session().id(), rows);
      rows.add(key.put(key.of(SESSION, move.session().id()), change));
    } else if (change instanceof Change.RemoveSession remove) {
      forget(key, remove.sessionId(), rows);
      rows.add(delete(key.of(SESSION, remove.sessionId())));
    } else {
      throw new IllegalArgumentException("no rows for " + change);
    }
  }

  private static void forget(Key key, String sessionId, List<Row> rows) {
    rows.add(deleteUnder(key.of(EVENT, sessionId)));
    rows.add(deleteUnder(key.of(ACTIVITY, sessionId)));
    rows.add(deleteUnder(key.of(ACKED, sessionId)));
    rows.add(delete(key.of(TO_WRITE, sessionId)));
    rows.add(delete(key.of(WRITTEN, sessionId)));
  }

  private static String message(Key key, MessageRecord message) {
    return key.of(MESSAGE, message.sessionId())
        + message.lane().ordinal()
        + SEPARATOR
        + hex(message.seq());
  }

  static String org(String key) {
    return key.substring(0, key.indexOf(SEPARATOR));
  }

  static char kind(String key) {
    return key.charAt(key.indexOf(SEPARATOR) + 1);
  }

  static String name(String key) {
    String rest = key.substring(key.indexOf(SEPARATOR) + 2);
    return rest.substring(0, rest.length() - 1);
  }

  private record Key(WireFormat wire, String org) {

    Row put(String key, Change change) {
      return Row.put(StoreTable.STATES, key.getBytes(UTF_8), wire.toBytes(change));
    }

    String of(char kind) {
      return org + SEPARATOR + kind;
    }

    String of(char kind, long number) {
      return of(kind) + hex(number);
    }

    /** Ends with a separator, a prefix of all longer keys. */
    String of(char kind, String name) {
      return of(kind) + name + SEPARATOR;
    }

    String of(char kind, String name, long number) {
      return of(kind, name) + hex(number);
    }
  }

  /** Keeps numeric order; not for negative numbers. */
  private static String hex(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  private static Row delete(String key) {
    return Row.delete(StoreTable.STATES, key.getBytes(UTF_8));
  }

  private static Row deleteUnder(String key) {
    return Row.deleteUnder(StoreTable.STATES, key.getBytes(UTF_8));
  }
}
