package dev.sluice.service.resources.open;

import dev.sluice.service.api.answers.OrgAnswers.Home;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Needs no credential. */
@Path("/")
public final class HomeResource {

  private static final URI DASHBOARD = URI.create("/admin");

  private final Home home;

  /**
   * @param docs true if the documentation is served
   */
  public HomeResource(boolean docs) {
    this.home = Home.of(docs);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Home names() {
    return home;
  }

  /** For a client that prefers HTML to all else, such as a browser. */
  @GET
  @Produces("text/html;qs=0.5")
  public Response dashboard() {
    return Response.seeOther(DASHBOARD).build();
  }
}
