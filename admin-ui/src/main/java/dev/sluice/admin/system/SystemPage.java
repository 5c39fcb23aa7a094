package dev.sluice.admin.system;

import dev.sluice.admin.ServerFacts;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.nodes.StoreNodes;
import dev.sluice.backend.store.Upkeep;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works without the store. */
@Path("admin/system")
public record SystemPage(Shell shell, Upkeep upkeep, ServerFacts server, Rules rules) {

  private static final int MOST_ORGS = 200;

  @GET
  public Response page(@Context ContainerRequestContext request) {
    return shell.answer(
        request,
        Section.SYSTEM,
        visit ->
            Content.of(
                Section.SYSTEM,
                "system",
                SystemView.of(
                    visit.reading().fleet(),
                    visit.reading().away(),
                    server,
                    rules,
                    nodes(visit),
                    orgs(visit),
                    acts(visit),
                    visit.now())));
  }

  /** Null if the store doesn't answer. */
  private @Nullable StoreNodes nodes(Visit visit) {
    try {
      return visit.reading().away() ? null : upkeep.nodes();
    } catch (BackendUnavailableException e) {
      return null;
    }
  }

  private static ActButton.Menu acts(Visit visit) {
    return visit.may(VisitorRole.OPERATOR)
        ? ActButton.menu(List.of(ActButton.harm("Stop everything", visit.links().to("/stops"))))
        : ActButton.Menu.NONE;
  }

  private List<Ref> orgs(Visit visit) {
    return visit.visitor().everyOrg() && !visit.reading().away()
        ? upkeep.orgs().stream()
            .sorted()
            .limit(MOST_ORGS)
            .map(org -> new Ref(org, new Links(org).to("")))
            .toList()
        : List.of();
  }
}
