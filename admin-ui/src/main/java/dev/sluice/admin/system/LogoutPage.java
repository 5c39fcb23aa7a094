package dev.sluice.admin.system;

import dev.sluice.admin.SignIn;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.MessageView;
import dev.sluice.admin.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("admin/logout")
public record LogoutPage(SignIn signIn) {

  @POST
  public Response post(
      @Context ContainerRequestContext request,
      @Context HttpServletRequest connection,
      @QueryParam("everywhere") @Nullable String everywhere) {
    SignIn.Outcome outcome = signIn.signOut(request, connection, "true".equals(everywhere));
    if (outcome instanceof SignIn.Refused refused) {
      MessageView saying =
          new MessageView("Still logged in", refused.text(), Links.ROOT, "Go to overview");
      return Shell.bare(request, refused.status(), saying);
    }
    return LoginPage.leave(Links.ROOT + "/login", (SignIn.Accepted) outcome);
  }
}
