package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** What is done to a session that a worker holds or held; what waits or is dead has others. */
@Path("admin/sessions/{id}/{act: message|nudge|stop|requeue|again}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class RunningSessionActs {

  private final Desk desk;
  private final AdminDependencies given;

  public RunningSessionActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  public Response form(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("act") String act) {
    return desk.form(request, act(id, act));
  }

  /** See {@link Desk#post}. */
  @POST
  public Response post(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, act(id, act));
  }

  private Act act(String id, String act) {
    return switch (act) {
      case "message" -> new MessageAct(given.control(), given.backend(), id);
      case "nudge" -> new NudgeAct(given.control(), given.backend(), id);
      case "stop" -> new StopAct(given.control(), given.backend(), given.rules().stopGraceMs(), id);
      case "requeue" -> new RequeueAct(given.control(), given.backend(), id);
      case "again" -> new RunAgainAct(given.control(), given.backend(), id);
      default -> throw new NotFoundException(); // the path has no other
    };
  }
}
