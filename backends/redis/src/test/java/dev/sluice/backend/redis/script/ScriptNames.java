package dev.sluice.backend.redis.script;

import dev.sluice.backend.Rules;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of the scripts that change an org. */
public final class ScriptNames {

  private ScriptNames() {}

  /** By the hash of each, with these rules, on a new store. */
  public static Map<String, String> bySha(Rules rules) {
    Layouts layouts = new Layouts(Schema.NEWEST - 1, Schema.NEWEST, Schema.NEWEST);
    return writes()
        .collect(
            Collectors.toMap(
                script -> LoadedScript.of(script, rules, layouts).sha(), LuaScript::name));
  }

  public static Set<String> all() {
    return writes().map(LuaScript::name).collect(Collectors.toSet());
  }

  private static Stream<LuaScript> writes() {
    return Stream.of(LuaScript.values()).filter(script -> script.text().contains("write_org"));
  }
}
