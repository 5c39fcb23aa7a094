package dev.sluice.admin.live;

import dev.sluice.admin.Visitor;
import dev.sluice.admin.Visitors;
import dev.sluice.backend.BackendUnavailableException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /admin/events}: server-sent events named {@value FleetEvent#NAME} that tell a page
 * when to refresh, with the {@code mark} of the state, the time of the snapshot ({@code taken}),
 * whether the store is {@code away}, the number of findings that nobody has in hand ({@code
 * alerts}) and the {@code news}, the latest of them, unless the stream has told the same. With
 * {@code ?once} the present one as JSON, for hidden tabs. 401 without a session, 403 for other
 * sites, 503 at the limit of streams, when the page polls.
 */
public final class EventsServlet extends HttpServlet {

  public static final String PATH = "/admin/events";

  private static final long serialVersionUID = 1L;

  private static final String FULL_RETRY_S = "30";
  private static final String AWAY_RETRY_S = "5";

  private final transient Visitors visitors;
  private final transient EventStreams streams;

  public EventsServlet(Visitors visitors, EventStreams streams) {
    this.visitors = visitors;
    this.streams = streams;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (foreign(request)) {
      say(response, 403, "Only pages of this server may open a stream");
      return;
    }
    Optional<Visitor> visitor;
    try {
      visitor = visitors.visitor(request);
    } catch (BackendUnavailableException e) {
      response.setHeader("Retry-After", AWAY_RETRY_S);
      say(response, 503, "The store does not answer");
      return;
    }
    if (visitor.isEmpty()) {
      say(response, 401, "Log in first");
    } else if (request.getParameter("once") != null) {
      response.setContentType("application/json;charset=utf-8");
      response.getWriter().println(streams.now(visitor.get()).json());
    } else if (!streams.admit(visitor.get())) {
      response.setHeader("Retry-After", FULL_RETRY_S);
      say(response, 503, "Too many streams; poll the page instead");
    } else {
      stream(request, response, visitor.get());
    }
  }

  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Allow", "GET");
    say(response, 405, "GET alone");
  }

  private void stream(HttpServletRequest request, HttpServletResponse response, Visitor visitor)
      throws IOException {
    boolean begun = false;
    try {
      response.setContentType("text/event-stream;charset=utf-8");
      response.setHeader("X-Accel-Buffering", "no"); // proxies would keep events back
      AsyncContext context = request.startAsync();
      context.setTimeout(0);
      streams.begin(visitor, context, () -> known(request, visitor));
      begun = true;
    } finally {
      if (!begun) {
        streams.leave(visitor);
      }
    }
  }

  private boolean known(HttpServletRequest request, Visitor visitor) {
    try {
      return visitors.visitor(request).filter(visitor::equals).isPresent();
    } catch (BackendUnavailableException e) {
      return true; // until somebody can tell
    }
  }

  private static boolean foreign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  private static void say(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=utf-8");
    response.getWriter().println(text);
  }
}
