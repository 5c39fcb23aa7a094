package dev.sluice.backend.redis.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.server.AclRights;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for every script. */
class LuaScriptTest {

  private static final Layouts LAYOUTS = new Layouts(7, 8, 7);

  private static final Pattern COMMAND = Pattern.compile("\\bp?call\\('([A-Z]+)'");

  /** Comments and quoted text are no names. */
  private static final Pattern NO_CODE = Pattern.compile("--[^\n]*|'(?:[^'\\\\\n]|\\\\.)*'");

  @ParameterizedTest
  @EnumSource
  void says_in_its_head_what_it_takes_and_answers(LuaScript script) {
    assertThat(script.text()).contains("-- ARGV    ", "-- Result  ");
  }

  @ParameterizedTest
  @EnumSource
  void runs_no_command_that_the_documentation_does_not_grant(LuaScript script) {
    Set<String> commands =
        COMMAND
            .matcher(script.text())
            .results()
            .map(found -> found.group(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(commands).isNotEmpty().isSubsetOf(AclRights.COMMANDS);
  }

  @ParameterizedTest
  @EnumSource
  void has_the_definitions_of_all_its_blocks(LuaScript script) {
    assertThat(script.text()).doesNotContain("-- INSERT");
  }

  /** A script that is sent again must know the call again, unless it only reads. */
  @ParameterizedTest
  @EnumSource
  void knows_its_call_again_if_it_changes_something_and_is_sent_again(LuaScript script) {
    String text = script.text();

    switch (script.repeat()) {
      case READS -> assertThat(text).doesNotContain("write_org").contains("KEYS[1]");
      case REMEMBERED -> assertThat(text).contains("return remember_call((function()");
      case OF_WORKER -> assertThat(text).contains("local CALL = ");
      case NEVER -> assertThat(text).doesNotContain("local CALL = ");
    }
  }

  /** Scripts of a transfer look at the closure themselves. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CLOSE", "OPEN", "IMPORT", "DISCARD"})
  void refuses_a_closed_org_before_all_that_it_does_if_it_changes_one(LuaScript script) {
    String text = script.text();
    String library = text.substring(0, text.indexOf("-- ARGV "));

    assertThat(library.contains("\nif org_closed then\n"))
        .isEqualTo(text.contains("write_org"))
        .isEqualTo(text.contains("commit("));
  }

  /** Such a name would bring the definition into the script, or hide it. */
  @ParameterizedTest
  @MethodSource("files")
  void gives_a_name_of_the_library_no_other_meaning(String file) {
    String code = NO_CODE.matcher(LuaScript.read(file)).replaceAll("''");
    Set<String> local = names(code, Pattern.compile("(?m)^ +local (?:function )?([\\w, ]+)"));
    local.addAll(names(code, Pattern.compile("function ?\\w*\\(([\\w, ]+)\\)")));
    local.addAll(names(code, Pattern.compile("\\bfor ([\\w, ]+) (?:in|=) ")));
    if (!file.startsWith("lib/")) {
      local.addAll(names(code, Pattern.compile("(?m)^local (?:function )?([\\w, ]+)")));
    }

    assertThat(local).doesNotContainAnyElementsOf(LuaLibrary.names());
  }

  static Stream<String> files() {
    return Stream.concat(
        LuaLibrary.FILES.stream().map(file -> "lib/" + file + ".lua"),
        Stream.of(LuaScript.values())
            .map(script -> script.name().toLowerCase(Locale.ROOT) + ".lua"));
  }

  /** A number that is joined to text by ".." has 14 digits; a token has 16. */
  @ParameterizedTest
  @EnumSource
  void joins_no_number_to_text(LuaScript script) {
    String code = NO_CODE.matcher(script.text()).replaceAll("''");

    assertThat(Pattern.compile("\\.\\. (now|[A-Z_]+_MS)\\b").matcher(code).results())
        .extracting(MatchResult::group)
        .isEmpty();
  }

  /** Redis would find an unknown name only when it runs the line. */
  @ParameterizedTest
  @EnumSource
  void is_loaded_with_a_value_for_each_name_of_a_rule(LuaScript script) {
    String code =
        NO_CODE.matcher(LoadedScript.of(script, Rules.DEFAULTS, LAYOUTS).text()).replaceAll("''");
    Set<String> known = names(code, Pattern.compile("\\blocal ([A-Z_]+(?:, [A-Z_]+)*)"));
    known.addAll(Set.of("KEYS", "ARGV"));
    Set<String> used = names(code, Pattern.compile("(?<![.\\w])([A-Z][A-Z_]+)\\b(?! =[^=])"));

    assertThat(used).isSubsetOf(known);
  }

  private static Set<String> names(String code, Pattern pattern) {
    return pattern
        .matcher(code)
        .results()
        .flatMap(found -> Stream.of(found.group(1).strip().split(", ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource(names = {"ENQUEUE", "POLL", "SWEEP", "REGISTER", "PAUSE"})
  void is_another_script_under_other_rules(LuaScript script) {
    Rules other =
        new Rules(
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            Rules.Tries.DEFAULTS,
            Rules.Kept.DEFAULTS,
            new Rules.Bounds(1, 2, 3, 4, 5, 6));

    assertThat(LoadedScript.of(script, other, LAYOUTS).sha())
        .isNotEqualTo(LoadedScript.of(script, Rules.DEFAULTS, LAYOUTS).sha());
  }
}
