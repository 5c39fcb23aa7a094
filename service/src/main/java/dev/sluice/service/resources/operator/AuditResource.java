package dev.sluice.service.resources.operator;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.answers.AuditLines;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.resources.Paging;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

@Path("api/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {

  private final Audit audit;

  public AuditResource(Audit audit) {
    this.audit = audit;
  }

  @GET
  public AuditLines list(
      @Auth Caller caller,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String org = caller.require(Scope.FLEET_READ).org();
    caller.requireWholeOrg(); // a line doesn't tell its project
    int most = Paging.limit(limit);
    Cursor at = cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor);
    return AuditLines.of(audit.list(org, at, most));
  }
}
