package dev.sluice.service.auth;

import dev.sluice.backend.Names;
import dev.sluice.service.errors.ApiException;

public final class PathIds {

  private PathIds() {}

  public static String check(String what, String id) {
    String problem = Names.problem(id);
    if (problem != null) {
      throw ApiException.invalid(what, problem);
    }
    return id;
  }
}
