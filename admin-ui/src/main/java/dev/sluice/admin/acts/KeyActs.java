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

/** What is done with keys. */
@Path("admin/keys")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class KeyActs {

  private final Desk desk;
  private final AdminDependencies given;

  public KeyActs(Desk desk, AdminDependencies given) {
    this.desk = desk;
    this.given = given;
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("mint")
  public Response mintForm(@Context ContainerRequestContext request) {
    return desk.form(request, new MintKeyAct(given.keys()));
  }

  /** See {@link Desk#post}; 200 with the secret. */
  @POST
  @Path("mint")
  public Response mint(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, new MintKeyAct(given.keys()));
  }

  /** See {@link Desk#form}. */
  @GET
  @Path("{id}/revoke")
  public Response revokeForm(@Context ContainerRequestContext request, @PathParam("id") String id) {
    return desk.form(request, revoking(id));
  }

  /** See {@link Desk#post}. */
  @POST
  @Path("{id}/revoke")
  public Response revoke(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return desk.post(request, fields, revoking(id));
  }

  private RevokeKeyAct revoking(String id) {
    return new RevokeKeyAct(given.keys(), given.backend().credentials(), id);
  }
}
