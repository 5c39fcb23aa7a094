package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** What is done to a session that a worker holds or held; what waits or is dead has others. */
@Path("admin/sessions/{id}")
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
  @Path("message")
  public Response messageForm(
      @Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, messaging(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("message")
  public Response message(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, messaging(id));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("nudge")
  public Response nudgeForm(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, nudging(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("nudge")
  public Response nudge(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, nudging(id));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("stop")
  public Response stopForm(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, stopping(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("stop")
  public Response stop(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, stopping(id));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("requeue")
  public Response requeueForm(
      @Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, requeueing(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("requeue")
  public Response requeue(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, requeueing(id));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("again")
  public Response againForm(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, runningAgain(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("again")
  public Response again(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, runningAgain(id));
  }

  private MessageAct messaging(String id) {
    return new MessageAct(given.control(), given.backend(), id);
  }

  private NudgeAct nudging(String id) {
    return new NudgeAct(given.control(), given.backend(), id);
  }

  private StopAct stopping(String id) {
    return new StopAct(given.control(), given.backend(), given.rules().stopGraceMs(), id);
  }

  private RequeueAct requeueing(String id) {
    return new RequeueAct(given.control(), given.backend(), id);
  }

  private RunAgainAct runningAgain(String id) {
    return new RunAgainAct(given.control(), given.backend(), id);
  }
}
