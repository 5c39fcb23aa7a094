package dev.sluice.admin.acts;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.backend.Queues;
import dev.sluice.control.BulkVerb;
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

/** What is done to the queue of a project. */
@Path("admin/queues/{project}/{act: pause|resume|limits|stop|cancel-all|priority-all}")
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
  public Response form(
      @Context ContainerRequestContext request,
      @PathParam("project") String project,
      @PathParam("act") String act) {
    return desk.form(request, act(project, act));
  }

  /** See {@link Desk#post}. */
  @POST
  public Response post(
      @Context ContainerRequestContext request,
      @PathParam("project") String project,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, act(project, act));
  }

  private Act act(String project, String act) {
    Queues queues = given.backend().queues();
    return switch (act) {
      case "pause" -> new PauseAct(given.control(), queues, project);
      case "resume" -> new ResumeAct(given.control(), project);
      case "limits" -> new LimitAct(given.control(), queues, project);
      case "stop" -> new StopManyAct(given, project);
      case "cancel-all" -> bulk(BulkVerb.CANCEL, project);
      case "priority-all" -> bulk(BulkVerb.REPRIORITISE, project);
      default -> throw new NotFoundException(); // the path has no other
    };
  }

  private Act bulk(BulkVerb verb, String project) {
    return new BulkAct(given.control(), given.backend(), verb, project);
  }
}
