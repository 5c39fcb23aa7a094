package dev.sluice.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class TestVisitors implements Visitors {

  static final String HEADER = "X-Test-Visitor";

  static String header(Visitor visitor) {
    return String.join(
        "|",
        visitor.name(),
        visitor.role().name(),
        visitor.org(),
        String.valueOf(visitor.everyOrg()));
  }

  private final Set<String> loggedOut = ConcurrentHashMap.newKeySet();

  void logOut(String name) {
    loggedOut.add(name);
  }

  @Override
  public Optional<Visitor> visitor(ContainerRequestContext request) {
    return visitor(
        request.getHeaderString(HEADER), request.getUriInfo().getQueryParameters().getFirst("org"));
  }

  @Override
  public Optional<Visitor> visitor(HttpServletRequest request) {
    return visitor(request.getHeader(HEADER), request.getParameter("org"));
  }

  private Optional<Visitor> visitor(String header, String asked) {
    if (header == null) {
      return Optional.empty();
    }
    String[] parts = header.split("\\|", -1);
    boolean everyOrg = Boolean.parseBoolean(parts[3]);
    String org = everyOrg && asked != null ? asked : parts[2];
    return loggedOut.contains(parts[0])
        ? Optional.empty()
        : Optional.of(
            new Visitor(
                parts[0], "operator:" + parts[0], VisitorRole.valueOf(parts[1]), org, everyOrg));
  }

  @Override
  public boolean ours(ContainerRequestContext request) {
    return "same-origin".equals(request.getHeaderString("Sec-Fetch-Site"));
  }
}
