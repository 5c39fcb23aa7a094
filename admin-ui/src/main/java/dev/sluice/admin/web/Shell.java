package dev.sluice.admin.web;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.Chrome;
import dev.sluice.admin.view.CurlLine;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.MessageView;
import dev.sluice.admin.view.PageView;
import dev.sluice.admin.view.Section;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.control.Searches;
import dev.sluice.fleet.SnapshotSampler;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requires a session, and turns failures into pages. */
public final class Shell {

  private static final Logger LOG = LoggerFactory.getLogger(Shell.class);

  /** Has no character that a shell reads, since commands contain it. */
  private static final Pattern PLAIN_HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

  private final AdminDependencies given;
  private final SnapshotSampler fleets;
  private final SharedReads shared;

  public Shell(AdminDependencies given, SnapshotSampler fleets, Ticker ticker) {
    this.given = given;
    this.fleets = fleets;
    this.shared = new SharedReads(ticker);
  }

  /**
   * Answers with content shared by {@link SharedReads}, so it must depend only on org and role.
   * 200; 303 to the login; 400; 403 for the role; 404; 429 for too many searches; 500 for a damaged
   * record; 503 without the store.
   */
  public Response answer(
      ContainerRequestContext request, Section section, Function<Visit, Content> page) {
    String here = Chromes.here(request);
    boolean changed = Notices.brought(request); // by a form just now, so its own reads are made
    return guarded(
        request,
        section,
        here,
        true,
        visit ->
            shown(request, visit, changed ? page.apply(visit) : shared.content(here, visit, page)));
  }

  /** {@link #answer} with content made for this request and without updates. */
  public Response answerOnce(
      ContainerRequestContext request, Section section, Function<Visit, Content> page) {
    return guarded(
        request, section, Chromes.here(request), visit -> shown(request, visit, page.apply(visit)));
  }

  private Response shown(ContainerRequestContext request, Visit visit, Content content) {
    return show(request, visit, visit.reading().away() ? 503 : 200, content);
  }

  /**
   * Answers if the role may see the section; failures become pages.
   *
   * @param here address after the login
   */
  public Response guarded(
      ContainerRequestContext request,
      Section section,
      String here,
      Function<Visit, Response> answer) {
    return guarded(request, section, here, false, answer);
  }

  private Response guarded(
      ContainerRequestContext request,
      Section section,
      String here,
      boolean live,
      Function<Visit, Response> answer) {
    Optional<Visitor> visitor;
    try {
      visitor = given.visitors().visitor(request);
    } catch (BackendUnavailableException e) {
      return bare(request, 503, Problems.AWAY);
    }
    return visitor.isPresent()
        ? toVisitor(request, visit(request, visitor.get(), live), section, answer)
        : Redirects.login(here);
  }

  private Response toVisitor(
      ContainerRequestContext request,
      Visit visit,
      Section section,
      Function<Visit, Response> answer) {
    Visitor visitor = visit.visitor();
    if (!visitor.role().includes(section.role())) {
      return say(request, visit, section, 403, forbidden(visitor, section));
    }
    try {
      return answer.apply(visit);
    } catch (PageException problem) {
      return say(request, visit, section, problem.status(), problem.saying());
    } catch (RefusedException refused) {
      MessageView words = Problems.words(refused, section, visit.links());
      return say(request, visit, section, Problems.status(refused), words);
    } catch (Searches.TooManyException e) {
      return busy(request, visit, section);
    } catch (BackendUnavailableException e) {
      return say(request, visit, section, 503, Problems.AWAY);
    } catch (WebApplicationException e) {
      throw e; // an answer already, a redirect say
    } catch (RuntimeException e) {
      LOG.error("Page {} failed", section, e);
      return say(request, visit, section, 500, failed());
    }
  }

  private Response busy(ContainerRequestContext request, Visit visit, Section section) {
    boolean page = request.getMethod().equals("GET");
    String again = page ? Chromes.here(request) : visit.links().to(section.path());
    Response answer = say(request, visit, section, 429, Problems.tooManySearches(again));
    return Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, 1).build();
  }

  private Visit visit(ContainerRequestContext request, Visitor visitor, boolean live) {
    boolean named = request.getUriInfo().getQueryParameters().containsKey("org");
    @Nullable String org = visitor.everyOrg() && named ? visitor.org() : null;
    return new Visit(
        visitor,
        new Links(org, visitor.role().includes(VisitorRole.OPERATOR)),
        given.clock().millis(),
        Notices.brought(request) ? fleets.anew(visitor.org()) : fleets.of(visitor.org()),
        server(request.getUriInfo().getBaseUri()),
        live,
        () -> fleets.withUnclaimed(visitor.org()));
  }

  /**
   * Returns the configured address, else the one that this browser called. Only the caller itself
   * is shown it: {@link SharedReads} keeps content by address.
   */
  private URI server(URI called) {
    URI configured = given.server().address();
    if (configured != null) {
      return configured;
    }
    String host = called.getHost();
    return host != null && PLAIN_HOST.matcher(host).matches() ? called : CurlLine.VARIABLE;
  }

  private static MessageView forbidden(Visitor visitor, Section section) {
    return new MessageView(
        "Not allowed for your role",
        section.title() + " is for admins; you are logged in as " + visitor.role().word() + ".",
        null,
        "");
  }

  private static MessageView failed() {
    return new MessageView("This page failed", "See the server's log.", null, "");
  }

  public Response say(
      ContainerRequestContext request,
      Visit visit,
      Section section,
      int status,
      MessageView saying) {
    return show(request, visit, status, new Content(section, saying.title(), "saying", saying));
  }

  public Response show(ContainerRequestContext request, Visit visit, int status, Content content) {
    Chrome chrome = Chromes.of(request, visit, content.section(), content.title());
    Response page = page(status, content.template(), chrome, content.view());
    return Notices.brought(request)
        ? Response.fromResponse(page).cookie(Notices.forget(request)).build()
        : page;
  }

  public static Response bare(ContainerRequestContext request, int status, MessageView saying) {
    return page(status, "saying", Chromes.bare(request, saying.title()), saying);
  }

  public static Response page(int status, String template, Chrome chrome, Object view) {
    return Headers.on(Response.status(status)).entity(new PageView(template, chrome, view)).build();
  }
}
