package dev.sluice.admin.acts;

import dev.sluice.admin.web.Chromes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;

/** Addresses of forms. */
final class FormAddresses {

  /** Addresses beyond are cut off by servers and browsers on the way. */
  private static final int MOST_ADDRESS = 2_000;

  private FormAddresses() {}

  /** Of the form that is asked for. */
  static String address(ContainerRequestContext request) {
    return Chromes.here(request);
  }

  /**
   * Of the form that is posted, filled in as it was, so that nothing typed is lost where a login
   * comes in between; what is too long for an address is left out.
   *
   * @param typed null to leave the form empty
   */
  static String address(ContainerRequestContext request, @Nullable FormInput typed) {
    if (typed == null) {
      return address(request);
    }
    UriBuilder filled = UriBuilder.fromUri(address(request));
    typed.fields().keySet().stream()
        .filter(name -> !name.equals(FormInput.BACK))
        .forEach(
            name ->
                typed
                    .all(name)
                    .forEach(
                        value ->
                            filled
                                .queryParam("{name}", "{value}")
                                .resolveTemplate("name", name)
                                .resolveTemplate("value", value)));
    String address = filled.build().toString();
    return address.length() <= MOST_ADDRESS ? address : address(request);
  }
}
