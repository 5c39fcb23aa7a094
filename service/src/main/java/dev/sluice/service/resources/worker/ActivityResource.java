package dev.sluice.service.resources.worker;

import dev.sluice.backend.sessions.ActivityResult;
import dev.sluice.backend.sessions.NewActivity;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.Sessions;
import dev.sluice.service.api.ActivityBody;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.RawJson;
import dev.sluice.service.api.answers.ActivityAnswers.Completed;
import dev.sluice.service.api.answers.ActivityAnswers.Forwarded;
import dev.sluice.service.api.answers.ActivityAnswers.Linked;
import dev.sluice.service.api.answers.ActivityAnswers.Progressed;
import dev.sluice.service.api.answers.ActivityAnswers.Scanned;
import dev.sluice.service.api.answers.ActivityAnswers.ToolErrorKept;
import dev.sluice.service.api.answers.PollAnswer.ClaimInfo;
import dev.sluice.service.api.answers.SessionNotes;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.ClaimHeader;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.http.direct.Direct;
import dev.sluice.service.resources.SessionCallReader;
import dev.sluice.service.resources.SessionCallReader.Said;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Reports of a worker that are stored as activities. Each is a sign of life. */
@Path("api/sessions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ActivityResource {

  private final Sessions sessions;
  private final SessionCallReader calls;

  public ActivityResource(Sessions sessions) {
    this.sessions = sessions;
    this.calls = new SessionCallReader(sessions);
  }

  @Direct
  @POST
  @Path("progress")
  public Progressed progress(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<SessionNotes.Progress> said =
        calls.read(caller, id, claim, () -> JsonBody.of(body), SessionNotes::progress);
    Session session = add(said, said.what().activity());
    return new Progressed(true, said.what().milestone(), claim(said, session));
  }

  @Direct
  @POST
  @Path("activity")
  public Forwarded activity(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<NewActivity> said =
        calls.read(caller, id, claim, () -> JsonBody.of(body), ActivityBody::read);
    Session session = add(said, said.what());
    return new Forwarded(true, said.sessionId(), claim(said, session));
  }

  @Direct
  @POST
  @Path("completion")
  public Completed completion(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<NewActivity> said =
        calls.readUnnamed(caller, id, claim, () -> JsonBody.of(body), SessionNotes::completion);
    return Completed.of(claim(said, add(said, said.what())));
  }

  @POST
  @Path("tool-error")
  public ToolErrorKept toolError(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<NewActivity> said =
        calls.read(caller, id, claim, () -> JsonBody.of(body), SessionNotes::toolError);
    return ToolErrorKept.of(claim(said, add(said, said.what())));
  }

  @POST
  @Path("external-urls")
  public Linked externalUrls(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<NewActivity> said =
        calls.readUnnamed(caller, id, claim, () -> JsonBody.of(body), SessionNotes::externalUrls);
    Session session = add(said, said.what());
    boolean updated = session.fields().entrySet().containsAll(said.what().fields().entrySet());
    return new Linked(
        updated,
        RawJson.ofNullable(session.fields().get(said.what().fields().firstKey())),
        updated ? null : "Session has ended as " + session.state().wire(),
        claim(said, session));
  }

  @POST
  @Path("security-scan")
  public Scanned securityScan(
      @Auth Caller caller,
      @PathParam("id") String id,
      @HeaderParam(ClaimHeader.NAME) @Nullable String claim,
      byte[] body) {
    Said<NewActivity> said =
        calls.read(caller, id, claim, () -> JsonBody.of(body), SessionNotes::securityScan);
    return new Scanned(true, claim(said, add(said, said.what())));
  }

  @GET
  @Path("prompts")
  public Response prompts(@Auth Caller caller) {
    throw gone();
  }

  @POST
  @Path("prompts")
  public Response prompt(@Auth Caller caller) {
    throw gone();
  }

  private static ApiException gone() {
    return ApiException.gone(
        "prompts come as messages of GET /api/workers/{id}/poll and are acknowledged by"
            + " POST /api/sessions/{id}/inbox/ack");
  }

  private Session add(Said<?> said, NewActivity activity) {
    ActivityResult result =
        sessions.addActivity(said.org(), said.sessionId(), said.holder(), activity);
    return result.session();
  }

  private static @Nullable ClaimInfo claim(Said<?> said, Session session) {
    return ClaimInfo.of(session, said.holder().workerId());
  }
}
