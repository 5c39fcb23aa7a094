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

/** What is done to the queue of a project. */
@Path("admin/queues/{project}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class QueueActs {

  private final Desk desk;
  private final AdminDependencies given;

  public QueueActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("pause")
  public Response pauseForm(
      @Context ContainerRequestContext request, @PathParam("project") String project) {
    return desk.form(request, pausing(project));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("pause")
  public Response pause(
      @Context ContainerRequestContext request,
      @PathParam("project") String project,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, pausing(project));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("resume")
  public Response resumeForm(
      @Context ContainerRequestContext request, @PathParam("project") String project) {
    return desk.form(request, new ResumeAct(given.control(), project));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("resume")
  public Response resume(
      @Context ContainerRequestContext request,
      @PathParam("project") String project,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, new ResumeAct(given.control(), project));
  }

  private PauseAct pausing(String project) {
    return new PauseAct(given.control(), given.backend().queues(), project);
  }
}
