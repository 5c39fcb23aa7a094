package dev.sluice.service.resources.open;

import dev.sluice.service.api.answers.OrgAnswers.Home;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Needs no credential. */
@Path("/")
public final class HomeResource {

  private final Home home;

  /**
   * @param docs true if the documentation is served
   * @param dashboard true if the dashboard is
   */
  public HomeResource(boolean docs, boolean dashboard) {
    this.home = Home.of(docs, dashboard);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Home names() {
    return home;
  }

  /** For a client that prefers HTML to all else, such as a browser. */
  @GET
  @Produces("text/html;qs=0.5")
  public Response page() {
    @Nullable String page = home.admin() == null ? home.docs() : home.admin();
    return page == null
        ? Response.ok(home, MediaType.APPLICATION_JSON_TYPE).build()
        : Response.seeOther(URI.create(page)).build();
  }
}
