package dev.sluice.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The front door. It shows nothing of the fleet, so it needs no login. */
@Path("admin")
@Produces(MediaType.TEXT_HTML)
public final class FrontDoorResource {

  private static final String NO_SCRIPT_AT_ALL =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  /** 200. */
  @GET
  public Response page() {
    return Response.ok(new FrontDoorView(FrontDoorView.buildVersion()))
        .header("Content-Security-Policy", NO_SCRIPT_AT_ALL)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
