package dev.sluice.service.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of the server outside of resources in the shape {@link ApiError}: unreadable request lines
 * and headers, invalid paths, a stop in progress.
 */
public final class ServerErrors extends ErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ServerErrors.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_TEXT = 256;

  public ServerErrors() {
    setCacheControl("no-store");
    setShowStacks(false);
  }

  /** Jetty's default answers some methods without a body. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    if (code == 503 || code == 429) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    if (cause instanceof HttpException) {
      // It closes the connection of a request that it can't read, and by itself doesn't say so.
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    ApiError error = body(code, message, cause);
    boolean problem = ProblemDetails.wanted(request.getHeaders().get(HttpHeader.ACCEPT));
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, problem ? ProblemDetails.MEDIA_TYPE : "application/json");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    Content.Sink.write(
        response, true, json(problem ? ProblemDetails.of(code, error, null) : error), callback);
  }

  private static ApiError body(int code, @Nullable String message, @Nullable Throwable cause) {
    boolean quiet = cause instanceof QuietException && !(cause instanceof HttpException);
    if (quiet || cause instanceof TimeoutException) {
      LOG.debug("A connection broke off", cause); // nobody is left to answer, and nothing is wrong
      return ApiError.of(ErrorCode.ofStatus(code), "The connection broke off");
    }
    if (code == 500) {
      return unexpected(cause);
    }
    String text = message == null ? HttpStatus.getMessage(code) : message;
    return ApiError.of(
        ErrorCode.ofStatus(code),
        text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...");
  }

  /** The answer only names the log line. */
  static ApiError unexpected(@Nullable Throwable problem) {
    String id = UUID.randomUUID().toString();
    LOG.error("Unexpected error {}", id, problem);
    String text = "Internal error, see log line " + id;
    return new ApiError(text, text, ErrorCode.INTERNAL, null, id, null);
  }

  private static String json(Object body) {
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // strings and a number alone
    }
  }
}
