package dev.sluice.admin.install;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActHandler;
import dev.sluice.admin.bulk.BulkAct;
import dev.sluice.admin.hosts.HostDrainAct;
import dev.sluice.admin.keys.MintKeyAct;
import dev.sluice.admin.keys.RevokeKeyAct;
import dev.sluice.admin.overview.AcknowledgeAct;
import dev.sluice.admin.overview.MuteAct;
import dev.sluice.admin.overview.UnmuteAct;
import dev.sluice.admin.queues.LimitAct;
import dev.sluice.admin.queues.PauseAct;
import dev.sluice.admin.queues.PauseAllAct;
import dev.sluice.admin.queues.ResumeAct;
import dev.sluice.admin.queues.ResumeAllAct;
import dev.sluice.admin.selected.SelectedAct;
import dev.sluice.admin.sessions.CancelAct;
import dev.sluice.admin.sessions.DeadAct;
import dev.sluice.admin.sessions.FrontAct;
import dev.sluice.admin.sessions.MessageAct;
import dev.sluice.admin.sessions.NudgeAct;
import dev.sluice.admin.sessions.PriorityAct;
import dev.sluice.admin.sessions.RequeueAct;
import dev.sluice.admin.sessions.StopAct;
import dev.sluice.admin.stops.StopManyAct;
import dev.sluice.admin.webhooks.TestWebhookAct;
import dev.sluice.admin.workers.DeregisterAct;
import dev.sluice.admin.workers.DrainAct;
import dev.sluice.admin.workers.NoteAct;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.BulkVerb;
import dev.sluice.control.FleetControl;
import dev.sluice.control.SelectedVerb;
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
import java.util.stream.Stream;

/** The addresses of all acts: GET shows the form, POST performs. */
@Path("admin")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public record ActPage(ActHandler desk, AdminDependencies given) {

  private static final String ON_ONE = "{kind}/{id}/{act}";
  private static final String ON_SELECTED = "selected/{verb}";
  private static final String ON_ALL =
      "{act: pause-all|resume-all|stops|add-worker|keys/mint|dead/requeue|dead/discard}";

  @GET
  @Path(ON_ONE)
  public Response form(
      @Context ContainerRequestContext request,
      @PathParam("kind") String kind,
      @PathParam("id") String id,
      @PathParam("act") String act) {
    return desk.form(request, onOne(kind, id, act));
  }

  @POST
  @Path(ON_ONE)
  public Response post(
      @Context ContainerRequestContext request,
      @PathParam("kind") String kind,
      @PathParam("id") String id,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, onOne(kind, id, act));
  }

  @GET
  @Path(ON_ALL)
  public Response form(@Context ContainerRequestContext request, @PathParam("act") String act) {
    return desk.form(request, onAll(act));
  }

  @POST
  @Path(ON_ALL)
  public Response post(
      @Context ContainerRequestContext request,
      @PathParam("act") String act,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, onAll(act));
  }

  @GET
  @Path(ON_SELECTED)
  public Response selected(
      @Context ContainerRequestContext request, @PathParam("verb") String verb) {
    return desk.form(request, onSelected(verb));
  }

  @POST
  @Path(ON_SELECTED)
  public Response selected(
      @Context ContainerRequestContext request,
      @PathParam("verb") String verb,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, onSelected(verb));
  }

  private Act onSelected(String word) {
    return Stream.of(SelectedVerb.values())
        .filter(verb -> verb.wire().equals(word))
        .map(verb -> new SelectedAct(given, verb))
        .findFirst()
        .orElseThrow(NotFoundException::new);
  }

  private Act onOne(String kind, String id, String act) {
    FleetControl control = given.control();
    QueueBackend backend = given.backend();
    return switch (kind + "/" + act) {
      case "queues/pause" -> new PauseAct(backend.queues(), id);
      case "queues/resume" -> new ResumeAct(backend.queues(), id);
      case "queues/limits" -> new LimitAct(backend.queues(), id);
      case "queues/stop" -> new StopManyAct(given, id);
      case "queues/cancel-all" -> new BulkAct(control, backend, BulkVerb.CANCEL, id);
      case "queues/priority-all" -> new BulkAct(control, backend, BulkVerb.REPRIORITISE, id);
      case "hosts/drain" -> new HostDrainAct(control, id, true);
      case "hosts/undrain" -> new HostDrainAct(control, id, false);
      case "workers/drain" -> new DrainAct(backend.workers(), id, true);
      case "workers/note" -> new NoteAct(backend.workers(), id);
      case "workers/undrain" -> new DrainAct(backend.workers(), id, false);
      case "workers/deregister" -> new DeregisterAct(control, backend, id);
      case "sessions/message" -> new MessageAct(backend, id);
      case "sessions/nudge" -> new NudgeAct(backend, id);
      case "sessions/stop" -> new StopAct(backend, given.rules().stopGraceMs(), id);
      case "sessions/requeue" -> new RequeueAct(backend, id, false);
      case "sessions/again" -> new RequeueAct(backend, id, true);
      case "work/priority" -> new PriorityAct(backend, id);
      case "work/front" -> new FrontAct(backend, id);
      case "work/cancel" -> new CancelAct(backend, id);
      case "dead/requeue" -> new DeadAct(backend, id, true);
      case "dead/discard" -> new DeadAct(backend, id, false);
      case "findings/ack" -> new AcknowledgeAct(backend.findings(), id);
      case "findings/mute" -> new MuteAct(backend.findings(), id);
      case "findings/unmute" -> new UnmuteAct(backend.findings(), id);
      case "webhooks/test" -> new TestWebhookAct(given.webhooks(), id);
      case "keys/revoke" -> new RevokeKeyAct(given.keys(), backend.credentials(), id);
      default -> throw new NotFoundException();
    };
  }

  private Act onAll(String act) {
    return switch (act) {
      case "pause-all" -> new PauseAllAct(given.control());
      case "resume-all" -> new ResumeAllAct(given.control());
      case "stops" -> new StopManyAct(given, null);
      case "add-worker" -> new MintKeyAct(given.keys(), Key.Type.WORKER_REGISTRATION);
      case "keys/mint" -> new MintKeyAct(given.keys(), Key.Type.USER);
      case "dead/requeue" -> new BulkAct(given.control(), given.backend(), BulkVerb.REQUEUE, null);
      case "dead/discard" -> new BulkAct(given.control(), given.backend(), BulkVerb.DISCARD, null);
      default -> throw new NotFoundException(); // the path has no other
    };
  }
}
