package dev.sluice.service.resources.open;

import dev.sluice.backend.Page;
import dev.sluice.backend.queues.Queues;
import dev.sluice.service.api.answers.open.WhoAmI;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.resources.ProjectNames;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The Go CLI's check of its key. */
@Path("api/cli")
@Produces(MediaType.APPLICATION_JSON)
public final class CliResource {

  private final ProjectNames names;

  public CliResource(Queues queues) {
    this.names = new ProjectNames(queues);
  }

  @GET
  @Path("whoami")
  public WhoAmI whoAmI(@Auth Caller caller) {
    caller.requirePerson();
    return WhoAmI.of(caller, projects(caller));
  }

  private List<String> projects(Caller caller) {
    if (caller.bound()) {
      return caller.projects().names();
    }
    return ProjectNames.readableBy(caller) ? names.page(caller, null, Page.MAX).items() : List.of();
  }
}
