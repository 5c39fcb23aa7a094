package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.MessageView;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.Headers;
import dev.sluice.admin.web.Notices;
import dev.sluice.admin.web.PageException;
import dev.sluice.admin.web.Problems;
import dev.sluice.admin.web.Shell;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.control.Actor;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class ActHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ActHandler.class);

  private static final MessageView UNKNOWN_OUTCOME =
      new MessageView(
          "The store did not answer",
          "The action may or may not have happened. Check the page before you try again; it updates"
              + " as soon as the store answers.",
          null,
          "");

  private final AdminDependencies given;
  private final Shell shell;

  public ActHandler(AdminDependencies given, Shell shell) {
    this.given = given;
    this.shell = shell;
  }

  /** 200; 303 to the login; 403 for the role; 404; 503 without the store. */
  public Response form(ContainerRequestContext request, Act act) {
    return shell.guarded(
        request,
        act.section(),
        FormAddresses.address(request),
        visit -> {
          requireRole(visit, act);
          FormInput typed = new FormInput(request.getUriInfo().getQueryParameters());
          return shell.show(request, visit, 200, page(act, form(act, visit, typed)));
        });
  }

  /**
   * 303 to the next page, or to the login, which leads back to the filled form; 400 with the form
   * for an invalid field; 403 for a form of another site, or for the role (audited); 404; 409 with
   * the form if the state forbids the act; 503 without the store.
   */
  public Response post(
      ContainerRequestContext request, MultivaluedMap<String, String> fields, Act act) {
    boolean ours = given.visitors().ours(request);
    FormInput typed = new FormInput(fields);
    return shell.guarded(
        request,
        act.section(),
        FormAddresses.address(request, ours ? typed : null),
        visit -> {
          requireOurs(ours);
          if (!visit.may(act.role())) {
            denied(visit, act);
          }
          requireRole(visit, act);
          return perform(request, visit, typed, act);
        });
  }

  private Response perform(ContainerRequestContext request, Visit visit, FormInput typed, Act act) {
    try {
      Actor actor = new Actor(visit.org(), visit.visitor().actor(), typed.reason());
      act.check(visit);
      ActResult done = act.perform(visit, actor, typed);
      return done instanceof ActResult.Goes goes
          ? redirect(request, goes, typed)
          : shell.show(request, visit, 200, ((ActResult.Shows) done).content());
    } catch (InvalidFieldException problem) {
      ActForm form = form(act, visit, typed).wrong(problem.field(), problem.words());
      return shell.show(request, visit, 400, page(act, form));
    } catch (RefusedException refused) {
      int status = Problems.actStatus(refused);
      ActForm form = form(act, visit, typed).refused(Problems.actWords(refused));
      return shell.show(request, visit, status, page(act, form));
    } catch (BackendUnavailableException e) {
      return shell.say(request, visit, act.section(), 503, UNKNOWN_OUTCOME);
    }
  }

  private static ActForm form(Act act, Visit visit, FormInput typed) {
    act.check(visit);
    ActForm form = act.form(visit, typed);
    String back = typed.back();
    return back.isEmpty() ? form : form.returning(back);
  }

  private static Content page(Act act, ActForm form) {
    return new Content(act.section(), form.title(), "act", form);
  }

  private static Response redirect(
      ContainerRequestContext request, ActResult.Goes goes, FormInput typed) {
    String back = typed.back();
    String to = back.isEmpty() ? goes.to() : back;
    return Headers.on(Response.seeOther(URI.create(to)))
        .cookie(Notices.keep(request, goes.notice()))
        .build();
  }

  private static void requireOurs(boolean ours) {
    if (!ours) {
      throw PageException.forbidden(
          "Form rejected",
          "Another site sent this form, or the browser did not say where it came"
              + " from. Nothing was changed.",
          Links.ROOT,
          "Go to overview");
    }
  }

  private static void requireRole(Visit visit, Act act) {
    if (visit.may(act.role())) {
      return;
    }
    throw PageException.forbidden(
        "Not allowed for your role",
        "This action needs the role "
            + act.role().word()
            + "; you are logged in as "
            + visit.visitor().role().word()
            + ". Nothing was changed.",
        visit.links().to(act.section().path()),
        "Go back");
  }

  private void denied(Visit visit, Act act) {
    Actor actor = new Actor(visit.org(), visit.visitor().actor());
    try {
      given.backend().audit().add(actor.org(), actor.note(), "denied", act.object(), act.verb());
    } catch (BackendUnavailableException e) {
      LOG.warn("No audit line of {} denied to {}", act.verb(), visit.visitor().actor());
    }
  }
}
