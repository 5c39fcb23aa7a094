package dev.sluice.service.transfer;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.service.errors.ApiException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an org as an export, of one moment: it closes the org meanwhile. */
public final class Exports {

  /** An exporter that dies leaves the org closed for this time. */
  static final long CLOSED_MS = 30_000;

  private static final long RENEWED_MS = 5_000;

  /** A reader that is slower doesn't keep the org closed for longer. */
  private static final long LONGEST_MS = 600_000;

  private static final int BUFFER = 1 << 16;
  private static final int REHEARSED = 10_000;
  private static final long REHEARSED_MS = 3_000;

  /** An export outlasts a store that is away for this many pauses. */
  static final int MOST_PAUSES = 40;

  private static final long PAUSE_MS = 250;

  /** The verb of the audit line of a whole export. */
  public static final String EXPORTED = "export";

  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

  private final Transfers transfers;
  private final Audit audit;
  private final Supplier<String> ids;
  private final String version;
  private final Clock clock;
  private final Runnable pause;

  public Exports(
      Transfers transfers, Audit audit, Supplier<String> ids, String version, Clock clock) {
    this(
        transfers,
        audit,
        ids,
        version,
        clock,
        () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS)));
  }

  /** {@code pause} passes before a read is repeated. */
  Exports(
      Transfers transfers,
      Audit audit,
      Supplier<String> ids,
      String version,
      Clock clock,
      Runnable pause) {
    this.transfers = transfers;
    this.audit = audit;
    this.ids = ids;
    this.version = version;
    this.clock = clock;
    this.pause = pause;
  }

  /** An export that has begun: its org is closed. Write or end it. */
  public final class Export {
    private final String org;
    private final @Nullable AuditNote note;
    private final Closure closure;
    private final boolean own;

    private Export(String org, @Nullable AuditNote note, Closure closure, boolean own) {
      this.org = org;
      this.note = note;
      this.closure = closure;
      this.own = own;
    }

    /**
     * Writes all, and opens the org if this export closed it. What breaks off has no last line.
     *
     * @throws IOException if the org opened meanwhile, so that there is no one moment
     */
    public void write(OutputStream to) throws IOException {
      long records;
      OutputStream out = new BufferedOutputStream(to, BUFFER);
      try {
        records = records(out);
      } catch (IOException | RuntimeException e) {
        failed(out, String.valueOf(e.getMessage()));
        throw e;
      } finally {
        end();
      }
      if (own && note != null) {
        tell(note, records);
      }
    }

    /** The status has been sent, so the reason is a line. */
    private void failed(OutputStream out, String reason) {
      try {
        ExportFile.line(out, ExportJson.line(new ExportFailure(ExportFailure.TYPE, reason)));
        out.flush();
      } catch (IOException e) {
        LOG.debug("The reader of export {} is gone", closure.id(), e);
      }
    }

    /** The time of the line is the age of the latest backup. The answer is whole without it. */
    private void tell(AuditNote by, long records) {
      try {
        audit.add(org, by, EXPORTED, closure.id(), records + " records");
      } catch (RuntimeException e) { // the store is away, or another one has closed the org
        LOG.warn("The whole export {} of org {} has no audit line", closure.id(), org, e);
      }
    }

    public void end() {
      if (own) {
        transfers.open(org, closure.id(), note);
      }
    }

    private long records(OutputStream out) throws IOException {
      ExportCheck check = new ExportCheck();
      ExportFile.line(
          out, check.begin(ExportHeader.of(closure.id(), org, version, clock.millis())));
      long began = clock.millis();
      long renewed = began;
      @Nullable String cursor = null;
      do {
        OrgPage page = page(cursor);
        if (!page.damaged().isEmpty()) {
          throw new IOException("damaged records: " + String.join(", ", page.damaged()));
        }
        for (OrgRecord record : page.records()) {
          ExportFile.line(out, check.write(record));
        }
        cursor = page.next();
        if (clock.millis() - renewed > RENEWED_MS) {
          renewed = clock.millis();
          if (own && renewed - began > LONGEST_MS) {
            throw new IOException("the reader is too slow");
          }
          stillClosed();
        }
      } while (cursor != null);
      stillClosed();
      ExportFile.line(out, check.end());
      out.flush();
      return check.progress().records();
    }

    private OrgPage page(@Nullable String cursor) {
      return patiently(() -> transfers.read(org, cursor));
    }

    private void stillClosed() throws IOException {
      Closure now = patiently(this::standing).orElse(null);
      if (now == null || !now.id().equals(closure.id()) || now.sinceMs() != closure.sinceMs()) {
        throw new IOException("the org was open for changes meanwhile");
      }
    }

    /** Renews the closure if it is this export's own. */
    private Optional<Closure> standing() {
      return own
          ? Optional.of(transfers.close(org, closing(closure.id(), closure.reason()), null))
          : transfers.closure(org);
    }

    /** Repeats a call that may be repeated while the store is away. */
    private <T> T patiently(Supplier<T> call) {
      for (int pauses = 0; ; pauses++) {
        try {
          return call.get();
        } catch (BackendUnavailableException e) {
          if (pauses == MOST_PAUSES) {
            throw e;
          }
          pause.run();
        }
      }
    }
  }

  /**
   * @param closureId of a closure that stands and stays; null to close the org for the export alone
   * @param note null for no audit lines
   */
  public Export begin(String org, @Nullable String closureId, @Nullable AuditNote note) {
    if (closureId == null) {
      NewClosure closing = closing(ids.get(), note == null ? "" : note.reason());
      return new Export(org, note, transfers.close(org, closing, note), true);
    }
    Closure standing =
        transfers
            .closure(org)
            .filter(closure -> closure.id().equals(closureId))
            .orElseThrow(() -> ApiException.conflict("closure", "is not the one that stands"));
    return new Export(org, null, standing, false);
  }

  /**
   * Reads the first records of an org that stays open, and makes their lines for nobody, so that a
   * server that has just started is quick before a move closes it. Returns their number.
   */
  public long rehearse(String org) {
    ExportCheck check = new ExportCheck();
    long end = clock.millis() + REHEARSED_MS;
    @Nullable String cursor = null;
    do {
      OrgPage page = transfers.read(org, cursor);
      page.records().forEach(check::write);
      cursor = page.next();
    } while (cursor != null && check.lines() < REHEARSED && clock.millis() < end);
    return check.lines();
  }

  private static NewClosure closing(String id, String reason) {
    return new NewClosure(id, Closure.Purpose.EXPORT, reason, CLOSED_MS, null, "");
  }
}
