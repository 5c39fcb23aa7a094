package dev.sluice.service.auth;

import dev.sluice.backend.Names;
import dev.sluice.service.errors.ApiException;

/** Ids that come in the path. */
public final class PathIds {

  private PathIds() {}

  /**
   * Insists that an id could exist.
   *
   * @return the id
   * @throws ApiException 400
   */
  public static String check(String what, String id) {
    String problem = Names.problem(id);
    if (problem != null) {
      throw ApiException.invalid(what, problem);
    }
    return id;
  }
}
