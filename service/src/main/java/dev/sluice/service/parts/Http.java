package dev.sluice.service.parts;

import dev.sluice.backend.nodes.NodeInfo;
import dev.sluice.service.errors.ErrorAnswers;
import dev.sluice.service.http.Json;
import dev.sluice.service.http.LeanJersey;
import dev.sluice.service.http.direct.DirectCalls;
import dev.sluice.service.http.direct.Readers;
import dev.sluice.service.start.FirstScreen;
import dev.sluice.service.transfer.Closures;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;

/** All between a socket and a resource. */
public final class Http {

  private Http() {}

  /**
   * @param direct resources whose calls are also served without the servlet container
   * @return the application of all resources
   */
  public static ResourceConfig install(
      Node node, Access access, Upkeep upkeep, List<Object> direct) {
    ResourceConfig jersey = LeanJersey.install(node.environment());
    Closures closures = new Closures(node.backend().transfers());
    ErrorAnswers errors = new ErrorAnswers(access.standings::mayKnow, closures::of);
    Readers readers = HttpEdge.readers(node.settings(), node.backend(), node.gitCredentials());
    HttpEdge.install(
        node.settings(),
        node.environment(),
        jersey,
        errors,
        access.known,
        upkeep.front,
        upkeep.readiness::isReady,
        readers,
        () ->
            new DirectCalls(
                direct,
                access.authentication,
                errors,
                access.client,
                Json.quick().writer(),
                node.monitoring()::answeredDirectly,
                readers));
    access.authentication.install(jersey);
    jersey.register(access.client);
    direct.forEach(jersey::register);
    node.environment()
        .lifecycle()
        .addServerLifecycleListener(
            new FirstScreen(
                NodeInfo.RELEASE,
                node.settings().backend().description(),
                node.settings().edge().publicAddress(),
                node.settings().edge().openDocs(),
                node.settings().edge().openDashboard(),
                access.secrets.firstStart()::where));
    return jersey;
  }
}
