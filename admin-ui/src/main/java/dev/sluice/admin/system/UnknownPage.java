package dev.sluice.admin.system;

import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.MessageView;
import dev.sluice.admin.view.PageView;
import dev.sluice.admin.web.Shell;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;

/**
 * Turns a 404 or 405 under {@code /admin} into a page. A resource whose path is a prefix would
 * match first.
 */
public final class UnknownPage implements ContainerResponseFilter {

  private static final MessageView SAYING =
      new MessageView(
          "No such page", "There is no page at this address.", Links.ROOT, "Go to overview");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean unmatched = response.getStatus() == 404 || response.getStatus() == 405;
    boolean ours = ("/" + request.getUriInfo().getPath()).startsWith(Links.ROOT + "/");
    if (unmatched && ours && !(response.getEntity() instanceof PageView)) {
      Response page = Shell.bare(request, 404, SAYING);
      response.setStatus(404);
      response.getHeaders().remove(HttpHeaders.ALLOW);
      response.getHeaders().putAll(page.getHeaders());
      response.setEntity(page.getEntity(), new Annotation[0], page.getMediaType());
    }
  }
}
