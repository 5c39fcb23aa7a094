package dev.sluice.service.resources.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Holder;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState.Transition;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.backend.sessions.StatusReport;
import dev.sluice.backend.sessions.StatusResult;
import dev.sluice.backend.work.Place;
import dev.sluice.control.Actor;
import dev.sluice.service.api.CanonicalJson;
import dev.sluice.service.api.ClaimAttempt;
import dev.sluice.service.api.Flag;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.NackBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.StatusBody;
import dev.sluice.service.api.answers.InboxAnswers.Nacked;
import dev.sluice.service.api.answers.PollAnswer.ClaimInfo;
import dev.sluice.service.api.answers.SessionList;
import dev.sluice.service.api.answers.SessionObject;
import dev.sluice.service.api.answers.SessionObject.Reported;
import dev.sluice.service.api.answers.SessionObject.Stopped;
import dev.sluice.service.api.items.Retry;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.ClaimHeader;
import dev.sluice.service.auth.secrets.ClaimAttempts;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.errors.Refusals;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.ProjectBounds;
import dev.sluice.service.resources.SessionCallReader;
import dev.sluice.service.resources.SessionCallReader.Said;
import dev.sluice.service.resources.SessionContent;
import dev.sluice.service.resources.StrictQuery;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session: its status, reports, nack and stop. */
@Path("api/sessions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SessionResource {

  private final Sessions sessions;
  private final ProjectBounds bounds;
  private final SessionContent content;
  private final SessionCallReader calls;
  private final ClaimAttempts attempts;
  private final StatusBody statuses;
  private final Retry retry;

  public SessionResource(
      Sessions sessions,
      ProjectBounds bounds,
      SessionContent content,
      ClaimAttempts attempts,
      StatusBody statuses,
      Retry retry) {
    this.sessions = sessions;
    this.retry = retry;
    this.statuses = statuses;
    this.attempts = attempts;
    this.bounds = bounds;
    this.content = content;
    this.calls = new SessionCallReader(sessions);
  }

  @GET
  public SessionList.One get(@Auth Caller caller, @PathParam("id") String id) {
    String org = caller.reading(Scope.FLEET_READ, Scope.WORK_WRITE, Scope.WORK_READ);
    Session session = bounds.find(caller, id);
    return SessionList.One.of(session, caller.titles(), sessions.timeline(org, session.id()));
  }

  /** Adds the prompt if the caller may read it. */
  @Direct
  @GET
  @Path("status")
  public SessionObject status(@Auth Caller caller, @PathParam("id") String id) {
    caller.reading(Scope.FLEET_READ, Scope.WORK_WRITE, Scope.WORK_READ);
    return content.session(caller, bounds.find(caller, id));
  }

  /** Brings members of the item only if they are asked for: its worker has the item. */
  @Direct
  @POST
  @Path("status")
  public Reported report(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      @QueryParam("item") @Nullable String item,
      byte[] body) {
    boolean whole = Flag.of("item", item, false);
    Said<StatusReport> said =
        calls.read(caller, id, claim, () -> JsonBody.of(body), statuses::read);
    StatusResult result =
        Refusals.except(
            Set.of(Refusal.CONFLICT),
            () -> sessions.report(said.org(), said.sessionId(), said.holder(), asked(said)),
            reason -> {
              throw ApiException.conflict("attempt", "was used for another report");
            });
    Session session = result.session();
    if (result.transition() == Transition.CONFLICT) {
      throw ApiException.wrongState("Session has ended as " + session.state().wire());
    }
    if (said.holder().named() != null && isAnotherEnd(result, said.what())) {
      throw ApiException.wrongState("Session has ended with another report");
    }
    if (result.transition() != Transition.LATE && statuses.maybeCut(said.what())) {
      content.noteCut(caller, session, statuses.cut(JsonBody.of(body)));
    }
    return new Reported(
        result.transition() != Transition.LATE,
        whole
            ? content.session(caller, sessions.find(caller.org(), session.id()))
            : SessionObject.ofRow(caller.org(), session),
        result.replay() ? true : null,
        ClaimInfo.of(session, said.holder().workerId()));
  }

  /** A daemon sends what its predecessor wrote as it was, and keeps a 409 for a person. */
  private static boolean isAnotherEnd(StatusResult result, StatusReport again) {
    Session ended = result.session();
    return result.transition() == Transition.REPEAT
        && (again.fields().entrySet().stream()
                .anyMatch(field -> !isSame(field.getValue(), ended.fields().get(field.getKey())))
            || again.costMicroUsd() >= 0 && again.costMicroUsd() != ended.costMicroUsd());
  }

  private static boolean isSame(String json, @Nullable String other) {
    try {
      return json.equals(other)
          || other != null && CanonicalJson.equal(JsonBody.tree(json), JsonBody.tree(other));
    } catch (JsonProcessingException e) {
      return false; // it holds a number that is too long
    }
  }

  /** Its project and its item may say what follows from the failure. */
  private StatusReport asked(Said<StatusReport> said) {
    StatusReport report = said.what();
    Failure failure = report.failure();
    if (failure == null) {
      return report;
    }
    Session session = sessions.find(said.org(), said.sessionId());
    return report.failing(retry.decide(said.org(), session, failure));
  }

  /** 409 once it runs or has ended. */
  @POST
  @Path("nack")
  public Nacked nack(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<NackBody> said =
        calls.read(caller, id, claim, () -> NackBody.withoutItem(body), NackBody::of);
    NackBody nack = said.what();
    boolean now =
        sessions.nack(said.org(), said.sessionId(), nacking(said), nack.reason(), nack.denied());
    return new Nacked(true, said.sessionId(), now && !(nack.denied() && isDead(said)));
  }

  private boolean isDead(Said<NackBody> said) {
    return sessions.find(said.org(), said.sessionId()).place() == Place.DEAD;
  }

  /** The store compares the claim once more. */
  private Holder nacking(Said<NackBody> said) {
    @Nullable ClaimAttempt attempt = said.what().attempt();
    Holder holder = said.holder();
    if (attempt == null) {
      return holder;
    }
    String id = said.sessionId();
    long claim = sessions.find(said.org(), id).token();
    if (!attempt.sessionId().equals(id)
        || !attempts.matches(attempt.attemptToken(), said.org(), id, claim)) {
      throw ApiException.conflict("claimAttempt", "is of another claim");
    }
    return holder.token() == 0 ? holder.withToken(claim) : holder;
  }

  /** An ended session stays unchanged. */
  @StrictQuery
  @POST
  @Path("stop")
  public Stopped stop(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor by = caller.require(Scope.WORK_WRITE, Scope.FLEET_WRITE);
    Actor actor = by.because(Reasons.of(JsonBody.ofOptional(body)));
    String sessionId = bounds.session(caller, id);
    return Stopped.of(
        sessions
            .stop(actor.org(), sessionId, actor.stopMessage(), Place.ANY, actor.note())
            .session());
  }
}
