package dev.sluice.service.errors;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.security.Principal;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class ErrorMappers {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorMappers.class);

  private ErrorMappers() {}

  /** Replace Dropwizard's; {@code mayKnow} is true if the caller may learn the owner. */
  public static List<ExceptionMapper<?>> all(BiPredicate<Principal, String> mayKnow) {
    return List.of(
        new OfApi(), new OfRefusal(mayKnow), new OfUnavailable(), new OfWeb(), new OfUnexpected());
  }

  public static Response answer(int status, ApiError body) {
    return answer(status, body, 1);
  }

  private static Response answer(int status, ApiError body, long retryAfterSeconds) {
    Response.ResponseBuilder response =
        Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    if (status == 503 || status == 429) {
      response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
    }
    if (status == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sluice\"");
    }
    return response.build();
  }

  private static Response unexpected(Throwable problem) {
    return answer(500, ServerErrors.unexpected(problem));
  }

  private static final class OfApi implements ExceptionMapper<ApiException> {
    @Override
    public Response toResponse(ApiException problem) {
      return answer(problem.status(), problem.body(), problem.retryAfterSeconds());
    }
  }

  private static final class OfRefusal implements ExceptionMapper<RefusedException> {
    private final BiPredicate<Principal, String> mayKnow;

    @Context private @Nullable SecurityContext security;

    OfRefusal(BiPredicate<Principal, String> mayKnow) {
      this.mayKnow = mayKnow;
    }

    @Override
    public Response toResponse(RefusedException refused) {
      return refused.refusal() == Refusal.DAMAGED
          ? unexpected(refused)
          : answer(Refusals.status(refused.refusal()), Refusals.body(refused, this::mayKnow));
    }

    private boolean mayKnow(String owner) {
      Principal caller = security == null ? null : security.getUserPrincipal();
      return caller != null && mayKnow.test(caller, owner);
    }
  }

  private static final class OfUnavailable implements ExceptionMapper<BackendUnavailableException> {
    @Override
    public Response toResponse(BackendUnavailableException problem) {
      LOG.debug("Store unavailable", problem); // health and the sweep timer say so aloud, once
      return answer(503, ApiError.of("The store doesn't answer; try again"));
    }
  }

  /** Unknown path, wrong method, wrong media type. */
  private static final class OfWeb implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException problem) {
      Response original = problem.getResponse();
      int status = original.getStatus();
      if (status >= 500) {
        return unexpected(problem);
      }
      String text =
          switch (status) {
            case 404 -> "No such path";
            case 405 -> "Method not allowed";
            case 406 -> "Only application/json is answered";
            case 415 -> "Content-Type must be application/json";
            default -> original.getStatusInfo().getReasonPhrase();
          };
      Response answer = answer(status, ApiError.of(text));
      String allow = original.getHeaderString(HttpHeaders.ALLOW);
      return allow == null
          ? answer
          : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }
  }

  private static final class OfUnexpected implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable problem) {
      return unexpected(problem);
    }
  }
}
