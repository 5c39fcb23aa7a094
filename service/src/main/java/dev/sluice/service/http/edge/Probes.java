package dev.sluice.service.http.edge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The node's own check, and {@code GET /ready} of load balancers. They are answered before all
 * limits on calls, because a refused probe takes the node away from its workers. No thread waits
 * until the client reads the answer.
 */
public final class Probes {

  private final FrontCheck check;
  private final String path;
  private final BooleanSupplier ready;

  /**
   * @param contextPath of the application
   */
  public Probes(FrontCheck check, String contextPath, BooleanSupplier ready) {
    this.check = check;
    this.path = contextPath.equals("/") ? "/ready" : contextPath + "/ready";
    this.ready = ready;
  }

  boolean isFor(Request request) {
    return check.isFor(request) || asksReady(request);
  }

  private boolean asksReady(Request request) {
    String method = request.getMethod();
    return path.equals(request.getHttpURI().getPath())
        && (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method));
  }

  boolean answer(Request request, Response response, Callback callback) {
    if (!asksReady(request)) {
      response.setStatus(HttpStatus.NO_CONTENT_204);
      response.write(true, null, callback);
      return true;
    }
    boolean yes = ready.getAsBoolean();
    response.setStatus(yes ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    byte[] body = ("{\"ready\":" + yes + "}").getBytes(StandardCharsets.US_ASCII);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
