package dev.sluice.service.http.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.service.auth.http.KnownCallers;
import dev.sluice.service.errors.ProblemAnswers;
import dev.sluice.service.errors.ProblemDetails;
import dev.sluice.service.resources.ClientConnection;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** A call of a {@link DirectMethod}, and its answer. */
final class DirectCall extends LateAnswer {

  private static final byte[] NO_BODY = {};
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  private final DirectCalls calls;
  private final DirectMethod method;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final byte[] body;
  private final AtomicBoolean done = new AtomicBoolean();
  private @Nullable Principal principal;
  private @Nullable Fields query;

  DirectCall(
      DirectCalls calls,
      DirectMethod method,
      Request request,
      Response response,
      Callback callback) {
    this.calls = calls;
    this.method = method;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.body = method.takesBody() ? read(request) : NO_BODY;
  }

  /** Always answers, and returns true. */
  boolean serve(String authorization) {
    try {
      principal =
          method.credentials().principal(authorization, request.getAttribute(KnownCallers.FOUND));
      if (method.suspends()) {
        request.addIdleTimeoutListener(timeout -> false);
        request.addFailureListener(this::over);
        method.invoke(this);
      } else {
        resume(method.invoke(this));
      }
    } catch (Throwable problem) {
      resume(problem);
    }
    return true;
  }

  Principal principal() {
    return Objects.requireNonNull(principal);
  }

  String id() {
    return method.id(request.getHttpURI().getPath());
  }

  @Nullable String query(String name) {
    if (query == null) {
      query = Request.extractQueryParameters(request);
    }
    return query.getValue(name);
  }

  @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  List<String> headers(String name) {
    return request.getHeaders().getValuesList(name);
  }

  byte[] body() {
    return body;
  }

  /** The front has received it whole. Unread, it would close the connection. */
  private static byte[] read(Request request) {
    Content.Chunk chunk = request.read();
    if (chunk == null || Content.Chunk.isFailure(chunk)) {
      throw new IllegalStateException("the body is not there");
    }
    ByteBuffer content = chunk.getByteBuffer();
    byte[] bytes = content.hasRemaining() ? new byte[content.remaining()] : NO_BODY;
    content.get(bytes);
    chunk.release();
    return bytes;
  }

  ClientConnection connection() {
    return new ClientConnection(request, this::abandon);
  }

  /** Throws if the answer can't be written as JSON; then another can be given. */
  @Override
  public boolean resume(@Nullable Object answer) {
    if (answer instanceof jakarta.ws.rs.core.Response built) {
      built.getStringHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
      return write(built.getStatus(), built.getEntity());
    }
    return write(answer == null ? 204 : 200, answer);
  }

  @Override
  public boolean resume(Throwable problem) {
    return resume(
        (Object)
            ProblemAnswers.of(
                calls.errors().of(problem, principal), header(HttpHeader.ACCEPT.asString())));
  }

  @Override
  public boolean isDone() {
    return done.get();
  }

  private boolean write(int status, @Nullable Object answer) {
    @Nullable ByteBuffer json = answer == null ? null : json(answer);
    if (!done.compareAndSet(false, true)) {
      return false;
    }
    calls.answered(status, answer, principal);
    response.setStatus(status);
    response.getHeaders().put(NO_STORE);
    if (json != null && !(answer instanceof ProblemDetails)) {
      response.getHeaders().put(JSON);
    }
    response.write(true, json, callback);
    return true;
  }

  private ByteBuffer json(Object answer) {
    try {
      return ByteBuffer.wrap(calls.json().writeValueAsBytes(answer));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a call whose client is gone: no fault of the server, so no 5xx in its request log. */
  private void abandon() {
    if (done.compareAndSet(false, true)) {
      callback.succeeded();
    }
  }

  /** Ends a call that has no answer yet. */
  private void over(Throwable problem) {
    if (done.compareAndSet(false, true)) {
      callback.failed(problem);
    }
  }
}
