package dev.sluice.backend.redis.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.redis.server.AclRights;
import dev.sluice.backend.tck.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules for every function. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LuaFunctionTest {

  private static final Layouts LAYOUTS = new Layouts(7, 8, 7);

  private static final FunctionLibrary LIBRARY = FunctionLibrary.of(Rules.DEFAULTS, LAYOUTS);

  private static final Pattern COMMAND =
      Pattern.compile("call\\('([A-Z]+)'|Step.try\\(call, '([A-Z]+)'");

  /** Comments and quoted text are no names. */
  private static final Pattern NO_CODE = Pattern.compile("--[^\n]*|'(?:[^'\\\\\n]|\\\\.)*'");

  private static final Path LUACHECK_SETTINGS =
      Path.of("src/main/resources/dev/sluice/backend/redis/library/.luacheckrc");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void says_above_it_what_it_takes_and_answers(LuaFunction function) {
    assertThat(FunctionLibrary.read(function.file())).contains("-- Arguments  ", "-- Result  ");
  }

  @Test
  void run_no_command_that_the_documentation_does_not_grant() {
    Set<String> commands =
        COMMAND
            .matcher(LIBRARY.text())
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .map(command -> command.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(commands).hasSizeGreaterThan(40).isSubsetOf(AclRights.COMMANDS);
  }

  /** A number that is joined to text by ".." has 14 digits; a token has 16. */
  @Test
  void join_no_number_to_text() {
    String code = NO_CODE.matcher(LIBRARY.text()).replaceAll("''");

    assertThat(Pattern.compile("\\.\\. (now|Rules\\.[A-Z_]+_MS)\\b").matcher(code).results())
        .extracting(MatchResult::group)
        .isEmpty();
  }

  /** Redis would find an unknown name only when it runs the line. */
  @Test
  void use_only_rules_that_have_a_value() {
    Set<String> known = names(RuleTable.of(Rules.DEFAULTS, LAYOUTS), "(?m)^  ([A-Z_]+) = ");
    Set<String> used = names(LIBRARY.text(), "\\bRules\\.(\\w+)");

    assertThat(used).isEqualTo(known);
  }

  /**
   * A name of the shared tables is found only when Redis runs the line, and luacheck knows none.
   */
  @Test
  void use_all_names_of_the_shared_tables_and_no_others() {
    String code = NO_CODE.matcher(LIBRARY.text()).replaceAll("''");
    String head = FunctionLibrary.read("head");
    String tables =
        names(head, "(?m)^local ([A-Z]\\w*(?:, [A-Z]\\w*)*) = \\{\\}").stream()
            .map(names -> names.replace(", ", "|"))
            .filter(names -> !names.equals("Functions"))
            .collect(Collectors.joining("|"));
    String name = "\\b((?:" + tables + ")\\.\\w+)";
    Set<String> defined = names(code, "function " + name);
    defined.addAll(names(code, name + " = "));
    Set<String> used = names(code.replaceAll("function " + name + "|" + name + " = ", ""), name);

    assertThat(defined).hasSizeGreaterThan(100);
    assertThat(without(used, defined)).as("unknown").isEmpty();
    assertThat(without(defined, used)).as("unused").isEmpty();
  }

  @Test
  void pass_luacheck() throws Exception {
    assertThat(luacheck(LIBRARY.text())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "W113, return unknown()",
    "W111, new = 1",
    "W143, return string.foo",
    "W143, redis.breakpoint()",
    "W211, local unused = 1",
    "W211, local function unused() end",
    "E011, local function"
  })
  void would_not_pass_luacheck_with(String code, String line) throws Exception {
    assertThat(luacheck(LIBRARY.text() + line)).contains(code);
  }

  /** Returns a line for each problem. */
  private String luacheck(String code) throws Exception {
    Path luacheck = Programs.needed("install lua-check", "luacheck");
    Path file = Files.writeString(folder.resolve("library.lua"), code);
    Process process =
        new ProcessBuilder(
                luacheck.toString(),
                "--quiet",
                "--codes",
                "--formatter",
                "plain",
                "--config",
                LUACHECK_SETTINGS.toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> rest = new TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }

  private static Set<String> names(String code, String pattern) {
    return Pattern.compile(pattern)
        .matcher(code)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void are_in_another_library_under_other_rules() {
    Rules other = Rules.DEFAULTS.withDefaults(0, 1_000, 0);

    assertThat(FunctionLibrary.of(other, LAYOUTS).name()).isNotEqualTo(LIBRARY.name());
  }
}
