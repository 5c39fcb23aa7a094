package dev.sluice.service.errors;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.queues.Closure;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class ErrorAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private static final long CLOSED_SECONDS = 5;

  private final BiPredicate<Principal, String> mayKnow;
  private final Function<Principal, Optional<Closure>> closures;

  /** {@code mayKnow} is true if the caller may learn the owner; {@code closures} of its org. */
  public ErrorAnswers(
      BiPredicate<Principal, String> mayKnow, Function<Principal, Optional<Closure>> closures) {
    this.mayKnow = mayKnow;
    this.closures = closures;
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

  private static Response withRate(Response answer, RatePolicy policy, long retryAfterSeconds) {
    return Response.fromResponse(answer)
        .header(RatePolicy.POLICY, policy.policy())
        .header(RatePolicy.LIMIT, policy.limit(retryAfterSeconds))
        .build();
  }

  /** A null caller is unknown. */
  public Response of(Throwable problem, @Nullable Principal caller) {
    if (problem instanceof ApiException api) {
      Response answer = answer(api.status(), api.body(), api.retryAfterSeconds());
      return api.policy() == null
          ? answer
          : withRate(answer, api.policy(), api.retryAfterSeconds());
    }
    if (problem instanceof RefusedException refused && refused.refusal() == Refusal.CLOSED) {
      return answer(
          503, ApiError.of(ErrorCode.ORG_CLOSED, closed(refused, caller)), CLOSED_SECONDS);
    }
    if (problem instanceof RefusedException refused && refused.refusal() != Refusal.DAMAGED) {
      return answer(
          Refusals.status(refused.refusal()),
          Refusals.body(refused, owner -> caller != null && mayKnow.test(caller, owner)));
    }
    if (problem instanceof BackendUnavailableException) {
      LOG.debug("Store unavailable", problem); // health and the sweep timer say so aloud, once
      return answer(
          503, ApiError.of(ErrorCode.STORE_UNAVAILABLE, "The store doesn't answer; try again"));
    }
    return problem instanceof WebApplicationException web && web.getResponse().getStatus() < 500
        ? notServed(web.getResponse())
        : answer(500, ServerErrors.unexpected(problem));
  }

  /** Tells a caller of the org why, and where the org is now. */
  private String closed(RefusedException refused, @Nullable Principal caller) {
    String words = String.valueOf(refused.getMessage());
    Closure closure = caller == null ? null : closures.apply(caller).orElse(null);
    if (closure == null) {
      return words;
    }
    String why = closure.reason().isEmpty() ? "" : " (" + closure.reason() + ")";
    return words + why + (closure.movedTo() == null ? "" : "; it is now at " + closure.movedTo());
  }

  /** Unknown path, wrong method, wrong media type. */
  private static Response notServed(Response original) {
    int status = original.getStatus();
    String text =
        switch (status) {
          case 404 -> "No such path";
          case 405 -> "Method not allowed";
          case 406 -> "Only application/json is answered";
          case 415 -> "Content-Type must be application/json";
          default -> original.getStatusInfo().getReasonPhrase();
        };
    Response answer = answer(status, ApiError.of(ErrorCode.ofStatus(status), text));
    String allow = original.getHeaderString(HttpHeaders.ALLOW);
    return allow == null
        ? answer
        : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
  }
}
