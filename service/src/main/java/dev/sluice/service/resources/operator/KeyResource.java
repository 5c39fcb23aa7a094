package dev.sluice.service.resources.operator;

import dev.sluice.backend.keys.Credentials;
import dev.sluice.backend.keys.Scope;
import dev.sluice.control.Actor;
import dev.sluice.control.KeyRing;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.KeyBody;
import dev.sluice.service.api.Reasons;
import dev.sluice.service.api.answers.KeyAnswers.Info;
import dev.sluice.service.api.answers.KeyAnswers.KeyList;
import dev.sluice.service.api.answers.KeyAnswers.Revoked;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

@Path("api/keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class KeyResource {

  private final KeyRing keys;
  private final Credentials credentials;
  private final Clock clock;

  public KeyResource(KeyRing keys, Credentials credentials, Clock clock) {
    this.clock = clock;
    this.keys = keys;
    this.credentials = credentials;
  }

  @GET
  public KeyList list(@Auth Caller caller) {
    String org = caller.require(Scope.KEYS_WRITE).org();
    return KeyList.of(
        credentials.keys(org).stream().filter(key -> caller.within(key.projects())).toList(),
        credentials.lastUses(org));
  }

  /** The secret is shown once. */
  @POST
  public Response mint(@Auth Caller caller, byte[] body) {
    Actor actor = caller.require(Scope.KEYS_WRITE);
    JsonBody json = JsonBody.of(body);
    KeyBody wanted = KeyBody.read(json, clock.millis());
    Actor because = actor.because(Reasons.of(json));
    requireWithin(caller, wanted);
    KeyRing.Minted made =
        keys.mint(
                because,
                wanted.type(),
                wanted.name(),
                wanted.scopes(),
                wanted.projects(),
                wanted.expiresAt())
            .orElseThrow(
                () ->
                    ApiException.conflict(
                        "The org has " + KeyRing.MAX_KEYS + " keys; revoke some first"));
    return Response.status(201).entity(Info.of(made)).build();
  }

  /** Workers that the key registered are refused at once, by other nodes within 5 s. */
  @DELETE
  @Path("{id}")
  public Revoked revoke(
      @Auth Caller caller,
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String reason) {
    Actor actor = caller.require(Scope.KEYS_WRITE);
    String keyId = PathIds.check("key id", id);
    if (!mayRevoke(caller, keyId) || !keys.revoke(actor.because(Reasons.of(reason)), keyId)) {
      throw ApiException.keyNotFound();
    }
    return new Revoked(true, keyId);
  }

  private boolean mayRevoke(Caller caller, String keyId) {
    return !caller.bound()
        || credentials.keys(caller.org()).stream()
            .anyMatch(key -> key.id().equals(keyId) && caller.within(key.projects()));
  }

  private static void requireWithin(Caller caller, KeyBody wanted) {
    if (!caller.scopes().containsAll(wanted.scopes())) {
      throw ApiException.forbidden("A key can't grant scopes that it lacks");
    }
    if (!caller.within(wanted.projects())) {
      throw ApiException.forbidden("A key bound to projects can only mint keys for some of them");
    }
  }
}
