package dev.sluice.service.http.direct;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sluice.service.auth.http.Authentication;
import dev.sluice.service.auth.http.CurrentClient;
import dev.sluice.service.errors.ErrorAnswers;
import dev.sluice.service.http.edge.Front;
import dev.sluice.service.http.edge.RefusedBody;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Serves the {@link Direct} methods of the resources on the server's thread: without servlet,
 * Jersey, compression and their filters, which cost more than most of these calls.
 *
 * <p>Takes a call in the form that clients send: a bearer, a path without escapes, a JSON body. All
 * others go on to Jersey.
 */
public final class DirectCalls extends Handler.Wrapper {

  /** A larger body takes long to read, and its answer may be large enough to be compressed. */
  private static final int QUICK_BYTES = 64 * 1024;

  private static final String ROUTE = "dev.sluice.route";
  private static final Pattern PLAIN = Pattern.compile("[/\\w.:~@-]+");

  private final List<DirectMethod> methods;
  private final Authentication authentication;
  private final ErrorAnswers errors;
  private final CurrentClient client;
  private final ObjectWriter json;
  private final IntConsumer answers;
  private final Readers readers;

  /** {@code answers} gets each status. */
  public DirectCalls(
      List<?> resources,
      Authentication authentication,
      ErrorAnswers errors,
      CurrentClient client,
      ObjectWriter json,
      IntConsumer answers,
      Readers readers) {
    this.methods =
        resources.stream()
            .flatMap(
                resource ->
                    Arrays.stream(resource.getClass().getMethods())
                        .filter(method -> method.isAnnotationPresent(Direct.class))
                        .map(method -> new DirectMethod(resource, method, authentication::check)))
            .toList();
    this.authentication = authentication;
    this.errors = errors;
    this.client = client;
    this.json = json;
    this.answers = answers;
    this.readers = readers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Route route = route(request);
    @Nullable DirectMethod method = route.method();
    if (method == null) {
      return super.handle(request, response, callback);
    }
    DirectCall call = new DirectCall(this, method, request, response, callback);
    return client.at(() -> Request.getRemoteAddr(request), () -> call.serve(route.authorization()));
  }

  /** The calls that readers serve; null if they serve none. */
  public @Nullable Predicate<Request> quick() {
    return readers == Readers.SERVE_NONE ? null : this::isQuick;
  }

  private boolean isQuick(Request request) {
    @Nullable DirectMethod method = route(request).method();
    return method != null
        && readers.serve(method)
        && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /**
   * @param method that serves a call, which has this authorization; null if Jersey serves it
   */
  private record Route(@Nullable DirectMethod method, String authorization) {
    static final Route TO_JERSEY = new Route(null, "");
  }

  /** Found once a call, when its body has been received. */
  private Route route(Request request) {
    if (request.getAttribute(ROUTE) instanceof Route found) {
      return found;
    }
    @Nullable DirectMethod method = method(request);
    @Nullable String authorization = method == null ? null : authorization(method, request);
    Route route = authorization == null ? Route.TO_JERSEY : new Route(method, authorization);
    request.setAttribute(ROUTE, route);
    return route;
  }

  ErrorAnswers errors() {
    return errors;
  }

  ObjectWriter json() {
    return json;
  }

  void answered(int status, @Nullable Object answer, @Nullable Principal caller) {
    answers.accept(status);
    authentication.answered(status, answer, caller);
  }

  private @Nullable DirectMethod method(Request request) {
    if (!Front.guards(request.getConnectionMetaData().getConnector())) {
      return null;
    }
    String path = request.getHttpURI().getPath();
    if (path == null || !plain(path)) {
      return null;
    }
    for (DirectMethod method : methods) {
      if (method.serves(request.getMethod(), path)) {
        return method;
      }
    }
    return null;
  }

  /** False if it may hold an escape, a path parameter or a dot segment. */
  private static boolean plain(String path) {
    return PLAIN.matcher(path).matches() && !path.contains("/.");
  }

  /** Null if another header is in an unusual form, or the body is large. */
  private static @Nullable String authorization(DirectMethod method, Request request) {
    @Nullable String query = request.getHttpURI().getQuery();
    if (query != null && (!method.takesQuery() || query.indexOf('%') >= 0)
        || request.getLength() > QUICK_BYTES
        || request.getAttribute(RefusedBody.ATTRIBUTE) != null) {
      return null;
    }
    @Nullable String authorization = null;
    boolean typed = !method.takesBody();
    HttpFields headers = request.getHeaders();
    for (HttpField field : headers) {
      @Nullable HttpHeader header = field.getHeader();
      @Nullable String value = field.getValue();
      if (header == null || value == null) {
        continue;
      }
      switch (header) {
        case AUTHORIZATION -> {
          if (authorization != null) {
            return null;
          }
          authorization = value;
        }
        case CONTENT_TYPE -> {
          if (!isJson(value) || value.indexOf(',') >= 0) {
            return null;
          }
          typed = true;
        }
        case ACCEPT -> {
          if (!value.equals("*/*") && !isJson(value)) {
            return null;
          }
        }
        case CONTENT_ENCODING, EXPECT -> {
          return null;
        }
        default -> {}
      }
    }
    return typed ? authorization : null;
  }

  private static boolean isJson(String value) {
    String json = "application/json";
    return value.startsWith(json)
        && (value.length() == json.length() || ",;".indexOf(value.charAt(json.length())) >= 0)
        && !value.contains("q=");
  }
}
