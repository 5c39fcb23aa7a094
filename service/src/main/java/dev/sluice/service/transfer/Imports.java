package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.service.api.CanonicalJson;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.items.ItemSubject;
import dev.sluice.service.errors.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty org from an export that comes in pieces of whole lines. The org is closed from the
 * first piece on; the closure keeps the progress, so any node takes the next piece, and a repeated
 * one changes nothing.
 */
public final class Imports {

  private static final long CHECK_MS = 5_000;

  private final Transfers transfers;
  private final PublicIds publicIds;

  /** {@code publicIds} are for sessions from other servers. */
  public Imports(Transfers transfers, PublicIds publicIds) {
    this.transfers = transfers;
    this.publicIds = publicIds;
  }

  /**
   * @param pieces taken so far
   */
  public record State(int pieces, ExportProgress export) {

    public static final State NONE = new State(0, ExportProgress.NONE);

    static State of(Closure closure) {
      return closure.progress().isEmpty()
          ? NONE
          : ExportJson.stored(closure.progress(), State.class);
    }
  }

  /**
   * Takes the next piece.
   *
   * @param piece from 1
   * @param note of the audit lines; null for none
   * @param scopes of the caller, which no imported key may exceed
   * @param opens true if the org opens after the last line
   */
  public State take(
      String org,
      int piece,
      byte[] lines,
      Set<Scope> scopes,
      @Nullable AuditNote note,
      boolean opens) {
    Closure standing = transfers.closure(org).filter(Imports::imports).orElse(null);
    State before = standing == null ? State.NONE : State.of(standing);
    if (piece > 1 && piece <= before.pieces() && standing != null) {
      return opened(org, standing.id(), before, note, opens);
    }
    if (piece > 1 && piece != before.pieces() + 1) {
      throw ApiException.conflict("piece", "must be " + (before.pieces() + 1));
    }
    ExportCheck check = new ExportCheck(piece == 1 ? ExportProgress.NONE : before.export());
    List<OrgRecord> records = read(check, lines, scopes);
    String id = "import-" + check.progress().id();
    if (standing != null && !standing.id().equals(id)) {
      throw ApiException.conflict("Another import is unfinished: finish it, or DELETE /api/import");
    }
    if (piece <= before.pieces()) {
      return opened(org, id, before, note, opens);
    }
    if (piece == 1) {
      transfers.close(org, closing(id, note, State.NONE), standing == null ? note : null);
    }
    transfers.write(org, id, records);
    State after = new State(piece, check.progress());
    transfers.close(org, closing(id, note, after), null);
    return opened(org, id, after, note, opens);
  }

  private State opened(
      String org, String id, State state, @Nullable AuditNote note, boolean opens) {
    if (state.export().ended() && opens) {
      transfers.open(org, id, note);
    }
    return state;
  }

  /**
   * @throws dev.sluice.backend.RefusedException unless the org would take an import; it is closed
   *     for a moment
   */
  public void requireEmpty(String org) {
    String id = "check";
    transfers.close(org, new NewClosure(id, Closure.Purpose.IMPORT, id, CHECK_MS, null, ""), null);
    transfers.open(org, id, null);
  }

  /**
   * Deletes an import whose closure stands, if any, and opens the org.
   *
   * @param closureId of that one alone; null for any
   */
  public void discard(String org, @Nullable String closureId, @Nullable AuditNote note) {
    Closure closure = transfers.closure(org).filter(Imports::imports).orElse(null);
    if (closure != null && closureId != null && !closure.id().equals(closureId)) {
      throw ApiException.conflict("closure", "is not the one that stands");
    }
    if (closure != null) {
      // Half deleted, it must neither go on nor open.
      transfers.close(org, closing(closure.id(), closure.reason(), State.NONE), null);
      while (!transfers.discardStep(org, closure.id())) {}
      transfers.open(org, closure.id(), note);
    }
  }

  /** Empty for a closure of another purpose. */
  public static Optional<State> state(Closure closure) {
    return imports(closure) ? Optional.of(State.of(closure)) : Optional.empty();
  }

  /** True if the org's records are not all there. */
  public static boolean unfinished(Closure closure) {
    return imports(closure) && !State.of(closure).export().ended();
  }

  private static boolean imports(Closure closure) {
    return closure.purpose() == Closure.Purpose.IMPORT;
  }

  private static NewClosure closing(String id, @Nullable AuditNote note, State state) {
    return closing(id, note == null ? "" : note.reason(), state);
  }

  private static NewClosure closing(String id, String reason, State state) {
    return new NewClosure(id, Closure.Purpose.IMPORT, reason, 0, null, ExportJson.stored(state));
  }

  private List<OrgRecord> read(ExportCheck check, byte[] lines, Set<Scope> scopes) {
    List<OrgRecord> records = new ArrayList<>();
    try {
      int from = 0;
      for (int at = 0; at < lines.length; at++) {
        if (lines[at] == '\n') {
          OrgRecord record = check.next(Arrays.copyOfRange(lines, from, at));
          if (record != null) {
            records.add(checked(record, scopes, check.lines()));
          }
          from = at + 1;
        }
      }
      if (from != lines.length || from == 0) {
        throw new BadExportException(check.lines() + 1, "has no line feed at its end");
      }
    } catch (BadExportException e) {
      throw ApiException.invalid("body", String.valueOf(e.getMessage()));
    }
    return records;
  }

  private OrgRecord checked(OrgRecord record, Set<Scope> scopes, long line)
      throws BadExportException {
    if (record instanceof OrgRecord.StoredKey stored
        && !scopes.containsAll(stored.key().scopes())) {
      throw new BadExportException(line, "the key has scopes that the caller lacks");
    }
    return record instanceof SessionCopy session ? completed(session, line) : record;
  }

  private SessionCopy completed(SessionCopy session, long line) throws BadExportException {
    boolean foreign = session.contentHash().isEmpty();
    if (session.item() == null || (!foreign && session.subject() != null)) {
      return session;
    }
    JsonBody item;
    try {
      item = JsonBody.of(session.item().getBytes(UTF_8));
    } catch (ApiException e) {
      if (foreign) {
        throw new BadExportException(line, "the item can't be read: " + e.body().message());
      }
      return session;
    }
    return foreign
        ? session.completed(
            CanonicalJson.hash(item), publicIds.of(session.id()), ItemSubject.of(item))
        : session.completed(session.contentHash(), session.publicIds(), ItemSubject.of(item));
  }
}
