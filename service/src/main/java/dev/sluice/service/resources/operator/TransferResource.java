package dev.sluice.service.resources.operator;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.control.Actor;
import dev.sluice.service.api.Flag;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.control.AuditLog;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.WholeNumber;
import dev.sluice.service.transfer.ClosureBody;
import dev.sluice.service.transfer.Exports;
import dev.sluice.service.transfer.Imports;
import dev.sluice.service.transfer.TransferAnswers.Closed;
import dev.sluice.service.transfer.TransferAnswers.Imported;
import dev.sluice.service.transfer.TransferAnswers.Rehearsed;
import dev.sluice.service.transfer.TransferAnswers.Standing;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves all of an org: docs/transfer.md. Needs {@link Scope#KEYS_WRITE} and {@link
 * Scope#WORK_READ}, because an export holds raw items and hashes of keys.
 */
@Path("api")
@Produces(MediaType.APPLICATION_JSON)
public final class TransferResource {

  public static final String LINES = "application/x-ndjson";

  private final Transfers transfers;
  private final Exports exports;
  private final Imports imports;
  private final Supplier<List<String>> tokenKeys;

  /**
   * @param tokenKeys ids of the keys of tokens, the one that signs first
   */
  public TransferResource(
      QueueBackend backend, PublicIds publicIds, Supplier<List<String>> tokenKeys, Clock clock) {
    this.transfers = backend.transfers();
    this.tokenKeys = tokenKeys;
    this.exports =
        new Exports(
            transfers,
            backend.audit(),
            () -> "exp_" + Secrets.randomHex(12),
            NodeInfo.RELEASE,
            clock);
    this.imports = new Imports(transfers, publicIds);
  }

  /** Breaks off without the last line if it can't be completed. */
  @GET
  @Path("export")
  @Produces(LINES)
  public Response export(
      @Auth Caller caller,
      @QueryParam("closure") @Nullable String closure,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = admin(caller).because(Reasons.of(reason));
    String id = closure == null ? null : PathIds.check("closure", closure);
    Exports.Export export = exports.begin(actor.org(), id, actor.note());
    if (id != null) { // a closed org takes no audit line
      AuditLog.line(actor.org(), actor.name(), "export", id, "", actor.note().reason());
    }
    StreamingOutput lines = export::write;
    return Response.ok(lines, LINES)
        .header("Content-Disposition", "attachment; filename=\"" + actor.org() + ".ndjson\"")
        .build();
  }

  /** Closes nothing, and shows no record. */
  @POST
  @Path("export/rehearsal")
  public Rehearsed rehearse(@Auth Caller caller) {
    return new Rehearsed(exports.rehearse(admin(caller).org()));
  }

  /** 405: the default HEAD would close the org. */
  @HEAD
  @Path("export")
  public Response head() {
    throw new NotAllowedException("GET", new String[0]);
  }

  @POST
  @Path("import")
  @Consumes({LINES, MediaType.APPLICATION_JSON})
  public Imported take(
      @Auth Caller caller,
      @QueryParam("piece") @Nullable String piece,
      @QueryParam("open") @Nullable String open,
      @QueryParam("dryRun") @Nullable String dryRun,
      @QueryParam("reason") @Nullable String reason,
      byte[] lines) {
    Actor actor = admin(caller).because(Reasons.of(reason));
    int number = WholeNumber.parameter("piece", piece, 1, Integer.MAX_VALUE, 1);
    boolean opens = Flag.of("open", open, true);
    if (Flag.of("dryRun", dryRun, false)) {
      imports.requireEmpty(actor.org());
      return Imported.of(Imports.State.NONE);
    }
    return Imported.of(
        imports.take(actor.org(), number, lines, caller.scopes(), actor.note(), opens));
  }

  /** Discards an import that didn't end, or that has not been opened. */
  @DELETE
  @Path("import")
  public Closed discard(
      @Auth Caller caller,
      @QueryParam("closure") @Nullable String closure,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = admin(caller).because(Reasons.of(reason));
    imports.discard(actor.org(), closure, actor.note());
    return Closed.NOT;
  }

  @GET
  @Path("closure")
  public Standing closure(@Auth Caller caller) {
    String org = admin(caller).org();
    return new Standing(transfers.closure(org).map(Closed::of).orElse(Closed.NOT), tokenKeys.get());
  }

  /** Closes the org, or renews or replaces the closure of that id. */
  @PUT
  @Path("closure")
  @Consumes(MediaType.APPLICATION_JSON)
  public Closed close(@Auth Caller caller, byte[] body) {
    Actor actor = admin(caller);
    NewClosure wanted = ClosureBody.read(JsonBody.of(body));
    @Nullable Closure before =
        transfers.closure(actor.org()).filter(each -> each.id().equals(wanted.id())).orElse(null);
    if (wanted.movedTo() != null && before == null) {
      throw ApiException.conflict("id", "is not the closure that stands");
    }
    boolean renewed = before != null && Objects.equals(wanted.movedTo(), before.movedTo());
    AuditNote note = renewed ? null : actor.because(wanted.reason()).note();
    Closure closure = transfers.close(actor.org(), wanted, note);
    if (before != null && wanted.movedTo() != null && closure.sinceMs() != before.sinceMs()) {
      transfers.open(actor.org(), closure.id(), note); // it had ended: the org was open meanwhile
      throw ApiException.conflict("id", "is not the closure that stands");
    }
    return Closed.of(closure);
  }

  /** {@code id} is that of the closure to end; any without it. */
  @DELETE
  @Path("closure")
  public Closed open(
      @Auth Caller caller,
      @QueryParam("id") @Nullable String id,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = admin(caller).because(Reasons.of(reason));
    @Nullable String only = id == null ? null : PathIds.check("id", id);
    Closure closure = transfers.closure(actor.org()).orElse(null);
    if (closure == null) {
      return Closed.NOT;
    }
    if (only != null && !only.equals(closure.id())) {
      throw ApiException.conflict("id", "is not the closure that stands");
    }
    if (Imports.unfinished(closure)) {
      throw ApiException.conflict("An import is unfinished: finish it, or DELETE /api/import");
    }
    transfers.open(actor.org(), closure.id(), actor.note());
    return Closed.NOT;
  }

  private static Actor admin(Caller caller) {
    Actor actor = caller.requireAll(Scope.KEYS_WRITE, Scope.WORK_READ);
    caller.requireWholeOrg();
    return actor;
  }
}
