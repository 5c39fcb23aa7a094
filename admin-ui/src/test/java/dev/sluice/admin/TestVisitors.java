package dev.sluice.admin;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** Takes a request's word for who makes it. */
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

  @Override
  public Optional<Visitor> visitor(ContainerRequestContext request) {
    String header = request.getHeaderString(HEADER);
    if (header == null) {
      return Optional.empty();
    }
    String[] parts = header.split("\\|", -1);
    boolean everyOrg = Boolean.parseBoolean(parts[3]);
    String asked = request.getUriInfo().getQueryParameters().getFirst("org");
    String org = everyOrg && asked != null ? asked : parts[2];
    return Optional.of(
        new Visitor(parts[0], "operator:" + parts[0], Role.valueOf(parts[1]), org, everyOrg));
  }

  @Override
  public boolean ours(ContainerRequestContext request) {
    return "same-origin".equals(request.getHeaderString("Sec-Fetch-Site"));
  }
}
