package dev.sluice.service.resources.open;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.openapi.AsyncApiDocument;
import dev.sluice.service.openapi.DocsView;
import dev.sluice.service.openapi.OpenApiDocument;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Needs no credential. */
@Path("/")
public final class DocumentationResource {

  private static final String NO_SCRIPT_AT_ALL =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  private final Supplier<OpenApiDocument> source;
  private @Nullable OpenApiDocument document;
  private @Nullable JsonNode events;
  private @Nullable DocsView page;

  /** {@code source} is asked once, at the first call: reading it takes longer than a start may. */
  public DocumentationResource(Supplier<OpenApiDocument> source) {
    this.source = source;
  }

  private synchronized OpenApiDocument read() {
    if (document == null) {
      document = source.get();
    }
    return document;
  }

  private synchronized DocsView view() {
    if (page == null) {
      page = DocsView.of(read());
    }
    return page;
  }

  @GET
  @Path("openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  public JsonNode document() {
    return read().json();
  }

  @GET
  @Path("asyncapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  public synchronized JsonNode events() {
    if (events == null) {
      events = AsyncApiDocument.load(read());
    }
    return events;
  }

  @GET
  @Path("docs")
  @Produces("text/html;charset=utf-8")
  public Response page() {
    return Response.ok(view())
        .header("Content-Security-Policy", NO_SCRIPT_AT_ALL)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
