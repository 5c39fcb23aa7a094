package dev.sluice.backend.redis.function;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of the functions that change an org. */
public final class FunctionNames {

  private FunctionNames() {}

  /**
   * Returns the constant of a function.
   *
   * @param name with or without that of its library
   */
  public static String of(String name) {
    boolean registered = name.startsWith(FunctionLibrary.PREFIX);
    int begin = registered ? name.indexOf('_', FunctionLibrary.PREFIX.length()) + 1 : 0;
    return name.substring(begin).toUpperCase(Locale.ROOT);
  }

  public static Set<String> all() {
    return Stream.of(LuaFunction.values())
        .filter(function -> function.kind() != LuaFunction.Kind.READS)
        .filter(function -> function.kind() != LuaFunction.Kind.OF_NO_ORG)
        .filter(function -> function.kind() != LuaFunction.Kind.ANNOUNCES)
        .map(LuaFunction::name)
        .collect(Collectors.toSet());
  }
}
