package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.api.items.Labels;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.http.LastingCallers;
import dev.sluice.service.events.EventCursor;
import dev.sluice.service.events.EventFilter;
import dev.sluice.service.events.EventStream;
import dev.sluice.service.events.EventTails;
import dev.sluice.service.events.StreamSlots;
import dev.sluice.service.events.WaitingReader;
import dev.sluice.service.resources.ClientConnection;
import dev.sluice.service.resources.Paging;
import dev.sluice.service.resources.Waits;
import io.dropwizard.auth.Auth;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event log, as lists and as a stream. Neither holds a thread while it waits. */
@Path("api/events")
public final class EventResource {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final EventTails tails;
  private final StreamSlots slots;
  private final LastingCallers callers;

  public EventResource(EventTails tails, StreamSlots slots, LastingCallers callers) {
    this.tails = tails;
    this.slots = slots;
    this.callers = callers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public void list(
      @Auth Caller caller,
      @QueryParam("after") @Nullable String after,
      @QueryParam("types") @Nullable String types,
      @QueryParam("project") @Nullable String project,
      @QueryParam("session") @Nullable String session,
      @QueryParam(WorkBatch.PARAMETER) @Nullable String batch,
      @QueryParam(Labels.PARAMETER) List<String> label,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("wait") @Nullable String wait,
      @Context ClientConnection client,
      @Suspended AsyncResponse response) {
    String org = require(caller);
    EventFilter filter =
        EventFilter.of(caller, types, project, session)
            .ofWork(WorkBatch.wanted(batch), Labels.wanted(label));
    new WaitingReader(
            tails,
            org,
            filter,
            Paging.limit(limit),
            list -> client.execute(() -> response.resume(list)),
            problem -> client.execute(() -> response.resume(problem)))
        .begin(EventCursor.parse("after", after), Waits.duration(wait));
  }

  /** Serves callers that prefer a stream to JSON. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  public void stream(
      @Auth Caller caller,
      @QueryParam("after") @Nullable String after,
      @HeaderParam(LAST_EVENT_ID) @Nullable String last,
      @QueryParam("types") @Nullable String types,
      @QueryParam("project") @Nullable String project,
      @QueryParam("session") @Nullable String session,
      @QueryParam(WorkBatch.PARAMETER) @Nullable String batch,
      @QueryParam(Labels.PARAMETER) List<String> label,
      @Context ContainerRequestContext request,
      @Context HttpServletRequest call,
      @Context ClientConnection client,
      @Suspended AsyncResponse response)
      throws IOException {
    if (call.getMethod().equals(HttpMethod.HEAD)) { // Jersey takes it for a GET
      throw new NotAllowedException(HttpMethod.GET);
    }
    String org = require(caller);
    EventFilter filter =
        EventFilter.of(caller, types, project, session)
            .ofWork(WorkBatch.wanted(batch), Labels.wanted(label));
    EventCursor cursor =
        last == null || last.isEmpty()
            ? EventCursor.parse("after", after)
            : EventCursor.parse(LAST_EVENT_ID, last);
    String slot = org + ' ' + caller.credentialId();
    slots.take(slot);
    boolean begun = false;
    try {
      new EventStream(
              tails,
              org,
              filter,
              prepared(call.getAsyncContext()),
              callers.stands(request, caller),
              client::abandon,
              () -> slots.release(slot))
          .begin(cursor);
      begun = true;
    } finally {
      if (!begun) {
        slots.release(slot);
      }
    }
  }

  private static String require(Caller caller) {
    return caller.require(Scope.WORK_WRITE, Scope.FLEET_READ).org();
  }

  private static AsyncContext prepared(AsyncContext context) {
    HttpServletResponse answer = (HttpServletResponse) context.getResponse();
    answer.setContentType(MediaType.SERVER_SENT_EVENTS + ";charset=utf-8");
    answer.setHeader("Cache-Control", "no-store");
    answer.setBufferSize(EventStream.PART_BYTES); // a client that doesn't read keeps it
    answer.setHeader("X-Accel-Buffering", "no"); // proxies would keep events back
    return context;
  }
}
