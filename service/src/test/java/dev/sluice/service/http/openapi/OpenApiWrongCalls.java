package dev.sluice.service.http.openapi;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.BadInputSocket;
import dev.sluice.service.http.SluiceServer;
import java.util.Map;
import java.util.Set;

/** Documented calls with a fault of their own, whatever is stored. */
final class OpenApiWrongCalls {

  private static final int CALL_BYTES = 2 * 1024 * 1024;
  private static final int NACK_BYTES = 16 * 1024 * 1024;
  private static final int BULK_BYTES = 8 * 1024 * 1024;

  private OpenApiWrongCalls() {}

  /**
   * Makes a call that is wrong as a status says.
   *
   * @param limited a user key with few permissions
   */
  static Answer of(OpenApiCall call, int status, OpenApiScene scene, String limited) {
    String body = call.bodies().get(0);
    String path = call.path(scene);
    String bearer = call.bearer(scene);
    return switch (status) {
      case 400 ->
          call.hasBody()
              ? call.send(scene, path, bearer, "{", Map.of())
              : call.hasParameter("limit")
                  ? call.send(
                      scene,
                      path + (path.contains("?") ? "&" : "?") + "limit=0",
                      bearer,
                      null,
                      Map.of())
                  : call.hasParameter("by")
                      ? call.send(scene, path + "?by=none", bearer, null, Map.of())
                      : call.hasParameter("reason") && !path.contains(scene.id())
                          ? call.send(scene, path + "?reason=%01", bearer, null, Map.of())
                          : call.send(
                              scene,
                              call.operation().path().replaceAll("[{]\\w+}", "%01"),
                              ofAnyWorker(call, scene),
                              body,
                              Map.of());
      case 401 -> call.send(scene, path, null, body, Map.of());
      case 403 ->
          call.send(
              scene,
              path,
              call.isFor("runtimeToken") ? limited : strangersToken(scene),
              body,
              Map.of());
      case 404 -> unknown(call, scene);
      case 413 -> tooLarge(call, scene);
      case 415 -> call.send(scene, path, bearer, body, Map.of("Content-Type", "text/plain"));
      default -> throw new AssertionError("nothing brings about " + call.id() + " " + status);
    };
  }

  /** A credential that may name another worker. */
  private static String ofAnyWorker(OpenApiCall call, OpenApiScene scene) {
    return call.isFor("registrationToken") && call.operation().path().startsWith("/api/workers/")
        ? SluiceServer.REGISTRATION_TOKEN
        : call.bearer(scene);
  }

  static String strangersToken(OpenApiScene scene) {
    return scene.server().register("{\"hostname\":\"h\",\"projects\":[\"none\"]}").token();
  }

  private static Answer unknown(OpenApiCall call, OpenApiScene scene) {
    boolean worker = call.operation().path().startsWith("/api/workers/");
    String path =
        call.operation()
            .path()
            .replace("{id}", worker ? "wkr_unknown" : "unknown")
            .replace("{host}", "unknown")
            .replace("{key}", "unknown")
            .replace("{event}", "4711")
            .replace("{publicId}", "0000000000000000");
    return call.send(scene, path, ofAnyWorker(call, scene), call.bodies().get(0), Map.of());
  }

  /** Refused by its length alone. */
  private static Answer tooLarge(OpenApiCall call, OpenApiScene scene) {
    boolean bulk =
        Set.of("enqueue", "enqueueBatch", "addBatchWork", "importOrg").contains(call.id());
    int length =
        (call.id().equals("nackSession") ? NACK_BYTES : bulk ? BULK_BYTES : CALL_BYTES) + 1;
    return BadInputSocket.ask(
        scene.server(),
        BadInputSocket.head(
            call.operation().method(),
            call.path(scene),
            call.bearer(scene),
            "Content-Type: application/json",
            "Content-Length: " + length));
  }
}
