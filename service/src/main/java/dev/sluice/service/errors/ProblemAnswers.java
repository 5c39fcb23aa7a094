package dev.sluice.service.errors;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** Answers errors as {@link ProblemDetails} to callers that ask for it. */
@Priority(ProblemAnswers.AFTER_ALL_OTHERS)
public final class ProblemAnswers implements ContainerResponseFilter {

  static final int AFTER_ALL_OTHERS = 0;

  private static final MediaType PROBLEM = MediaType.valueOf(ProblemDetails.MEDIA_TYPE);

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof ApiError error
        && ProblemDetails.wanted(request.getHeaderString(HttpHeaders.ACCEPT))) {
      response.setEntity(
          ProblemDetails.of(
              response.getStatus(), error, response.getHeaderString(RatePolicy.POLICY)),
          new Annotation[0],
          PROBLEM);
    }
  }

  /** Returns this form of an answer that no filter sees, if the caller asks for it. */
  public static Response of(Response answer, @Nullable String accept) {
    return answer.getEntity() instanceof ApiError error && ProblemDetails.wanted(accept)
        ? Response.fromResponse(answer)
            .type(PROBLEM)
            .entity(
                ProblemDetails.of(
                    answer.getStatus(), error, answer.getHeaderString(RatePolicy.POLICY)))
            .build()
        : answer;
  }
}
