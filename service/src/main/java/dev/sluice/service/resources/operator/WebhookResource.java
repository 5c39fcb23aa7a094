package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import dev.sluice.service.resources.ClientConnection;
import dev.sluice.service.resources.IdempotencyKey;
import dev.sluice.service.webhooks.NewWebhook;
import dev.sluice.service.webhooks.WebhookAnswers.Attempt;
import dev.sluice.service.webhooks.WebhookAnswers.Deliveries;
import dev.sluice.service.webhooks.WebhookAnswers.Info;
import dev.sluice.service.webhooks.WebhookAnswers.Removed;
import dev.sluice.service.webhooks.WebhookAnswers.Replayed;
import dev.sluice.service.webhooks.WebhookAnswers.WebhookList;
import dev.sluice.service.webhooks.WebhookCalls;
import dev.sluice.service.webhooks.WebhookRecord;
import dev.sluice.service.webhooks.WebhookSecrets;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A webhook of other projects does not exist for keys bound to projects. */
@Path("api/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WebhookResource {

  private final WebhookCalls webhooks;

  public WebhookResource(WebhookCalls webhooks) {
    this.webhooks = webhooks;
  }

  /** Needs the scope to read too, since a webhook reads events for its maker. */
  private static Actor require(Caller caller) {
    return caller.requireAll(Scope.FLEET_READ, Scope.FLEET_WRITE);
  }

  @GET
  public WebhookList list(@Auth Caller caller) {
    Map<String, WebhookRecord> seen = new LinkedHashMap<>(webhooks.list(require(caller).org()));
    seen.values().removeIf(webhook -> !caller.within(webhook.settings().projects()));
    return WebhookList.of(seen);
  }

  /** The secret is shown once. */
  @POST
  public Response create(
      @Auth Caller caller, @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, byte[] body) {
    Actor actor = require(caller);
    JsonBody json = JsonBody.of(body);
    NewWebhook wanted = NewWebhook.read(json, webhooks.allowsPrivate());
    if (!caller.within(wanted.projects())) {
      throw ApiException.forbidden(
          "A key bound to projects can only make webhooks for some of them");
    }
    String id =
        "wh_"
            + IdempotencyKey.ofHeader(key, actor, "webhook", json).id(() -> Secrets.randomHex(12));
    WebhookCalls.Made made = webhooks.create(actor.because(Reasons.of(json)), id, wanted);
    return IdempotencyKey.answer(Response.status(201).entity(Info.of(made)), made.replayed());
  }

  @GET
  @Path("{id}")
  public Info find(@Auth Caller caller, @PathParam("id") String id) {
    return Info.of(id, known(caller, id));
  }

  @DELETE
  @Path("{id}")
  public Removed remove(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = require(caller);
    known(caller, id);
    webhooks.remove(actor.because(Reasons.of(reason)), id);
    return new Removed(true, id);
  }

  /** The secret is shown once. */
  @POST
  @Path("{id}/secret")
  public Info rotate(@Auth Caller caller, @PathParam("id") String id, byte[] body) {
    Actor actor = require(caller);
    known(caller, id);
    JsonBody json = JsonBody.ofOptional(body);
    Actor because = actor.because(Reasons.of(json));
    return Info.of(webhooks.rotate(because, id, WebhookSecrets.checked(json)));
  }

  /** Holds no thread of the server while the receiver takes its time. */
  @POST
  @Path("{id}/test")
  public void test(
      @Auth Caller caller,
      @PathParam("id") String id,
      byte[] body,
      @Context ClientConnection client,
      @Suspended AsyncResponse response) {
    Actor actor = require(caller);
    known(caller, id);
    Actor because = actor.because(Reasons.of(JsonBody.ofOptional(body)));
    webhooks.later(
        () -> {
          Object answer;
          try {
            answer = Attempt.of(webhooks.test(because, id));
          } catch (RuntimeException e) {
            client.execute(() -> response.resume(e));
            return;
          }
          client.execute(() -> response.resume(answer));
        });
  }

  @GET
  @Path("{id}/deliveries")
  public Deliveries deliveries(@Auth Caller caller, @PathParam("id") String id) {
    return Deliveries.of(known(caller, id));
  }

  @POST
  @Path("{id}/deliveries/{event}/replay")
  public Response replay(
      @Auth Caller caller,
      @PathParam("id") String id,
      @PathParam("event") String event,
      byte[] body) {
    Actor actor = require(caller);
    known(caller, id);
    if (!event.matches("[1-9][0-9]{0,17}")) {
      throw ApiException.invalid("event", "must be the id of an event");
    }
    Actor because = actor.because(Reasons.of(JsonBody.ofOptional(body)));
    webhooks.replay(because, id, Long.parseLong(event));
    return Response.accepted(new Replayed(true, event)).build();
  }

  private WebhookRecord known(Caller caller, String id) {
    return webhooks
        .find(require(caller).org(), PathIds.check("webhook id", id))
        .filter(webhook -> caller.within(webhook.settings().projects()))
        .orElseThrow(ApiException::webhookNotFound);
  }
}
