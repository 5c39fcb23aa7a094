package dev.sluice.admin.pages;

import dev.sluice.admin.SignIn;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Saying;
import dev.sluice.admin.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The way out. */
@Path("admin/logout")
public final class LogoutResource {

  private final SignIn signIn;

  public LogoutResource(SignIn signIn) {
    this.signIn = signIn;
  }

  /** 303 to the login; 403 for a page of another site. */
  @POST
  public Response post(
      @Context ContainerRequestContext request,
      @Context HttpServletRequest connection,
      @QueryParam("everywhere") @Nullable String everywhere) {
    SignIn.Outcome outcome = signIn.signOut(request, connection, "true".equals(everywhere));
    if (outcome instanceof SignIn.Refused refused) {
      Saying saying = new Saying("Still logged in", refused.text(), Links.ROOT, "Go to overview");
      return Shell.bare(request, refused.status(), saying);
    }
    return LoginResource.leave(Links.ROOT + "/login", (SignIn.Accepted) outcome);
  }
}
