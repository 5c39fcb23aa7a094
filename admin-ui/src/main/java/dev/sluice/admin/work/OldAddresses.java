package dev.sluice.admin.work;

import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Headers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Lead links from before the work list to it. */
public final class OldAddresses {

  private OldAddresses() {}

  @Path("admin/sessions")
  public static final class Sessions {

    @GET
    public Response page(
        @QueryParam("place") @Nullable String place,
        @QueryParam("health") @Nullable String health,
        @QueryParam("id") @Nullable String id,
        @QueryParam("cursor") @Nullable String cursor,
        @QueryParam("org") @Nullable String org) {
      boolean claimed = place == null || place.isEmpty() || place.equals("claimed");
      return to(
          org,
          WorkQuery.STATE,
          claimed ? null : place,
          WorkFilter.HEALTH.word(),
          health,
          WorkFilter.Q.word(),
          id,
          "cursor",
          claimed ? null : cursor);
    }
  }

  @Path("admin/dead")
  public static final class DeadLetters {

    @GET
    public Response page(
        @QueryParam("cursor") @Nullable String cursor, @QueryParam("org") @Nullable String org) {
      return to(org, WorkQuery.STATE, WorkState.DEAD.word(), "cursor", cursor);
    }
  }

  private static Response to(@Nullable String org, @Nullable String... parameters) {
    return Headers.on(
            Response.seeOther(URI.create(new Links(org).to(Section.WORK.path(), parameters))))
        .build();
  }
}
