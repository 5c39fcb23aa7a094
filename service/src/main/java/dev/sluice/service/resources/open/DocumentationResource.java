package dev.sluice.service.resources.open;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.openapi.DocsView;
import dev.sluice.service.openapi.OpenApiDocument;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Needs no credential. */
@Path("/")
public final class DocumentationResource {

  private static final String NO_SCRIPT_AT_ALL =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  private final OpenApiDocument document;
  private final DocsView page;

  public DocumentationResource(OpenApiDocument document) {
    this.document = document;
    this.page = DocsView.of(document);
  }

  @GET
  @Path("openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  public JsonNode document() {
    return document.json();
  }

  @GET
  @Path("docs")
  @Produces("text/html;charset=utf-8")
  public Response page() {
    return Response.ok(page)
        .header("Content-Security-Policy", NO_SCRIPT_AT_ALL)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
