package dev.sluice.admin.acts;

import dev.sluice.admin.web.Chromes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;

final class FormAddresses {

  private static final int MOST_ADDRESS = 2_000;

  private FormAddresses() {}

  private static long length(FormInput typed) {
    return typed.fields().entrySet().stream()
        .mapToLong(
            field ->
                field.getValue().stream()
                    .mapToLong(value -> 2L + field.getKey().length() + value.length())
                    .sum())
        .sum();
  }

  static String address(ContainerRequestContext request) {
    return Chromes.here(request);
  }

  /**
   * Returns the form's address with its fields, so that a login in between loses nothing. Leaves
   * out fields that make it too long.
   *
   * @param typed null for an empty form
   */
  static String address(ContainerRequestContext request, @Nullable FormInput typed) {
    if (typed == null || length(typed) > MOST_ADDRESS) {
      return address(request); // building it would cost the square of its fields
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
