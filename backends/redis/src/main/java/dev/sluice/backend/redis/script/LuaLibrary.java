package dev.sluice.backend.redis.script;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The definitions in the files of {@code lib}, each a paragraph of code. A script gets those it
 * uses, directly or not.
 *
 * <p>A line {@code -- INSERT} is replaced by the definitions that only its block uses. Redis makes
 * functions at each run, so these lines are in blocks that most runs don't enter.
 *
 * <p>A name of the library has no other meaning in any script.
 */
final class LuaLibrary {

  private static final String ORG = "org";

  /** In an order in which names are defined before they are used. */
  static final List<String> FILES =
      List.of(
          ORG,
          "closure",
          "audit",
          "page",
          "worker",
          "session",
          "timeline",
          "project",
          "sets",
          "nackers",
          "issue",
          "waiting",
          "figures",
          "claim",
          "inbox",
          "ending",
          "offer",
          "batch",
          "replay",
          "due",
          "expire",
          "finding",
          "prune",
          "copy",
          "polling");

  private static final Pattern PARAGRAPHS = Pattern.compile("\n\n+(?=\\S)");
  private static final Pattern DEFINED = Pattern.compile("(?m)^local (?:function )?([\\w, ]+)");
  private static final Pattern BLOCK = Pattern.compile("(?m)^( +)-- INSERT\n((?:\\1.*\n|\n)*)");
  private static final Pattern NO_CODE = Pattern.compile("--[^\n]*|'(?:[^'\\\\\n]|\\\\.)*'");
  private static final Pattern NAME = Pattern.compile("(?<![.\\w])[A-Za-z_]\\w*");

  private record Definition(String file, Set<String> names, Set<String> uses, String text) {}

  private static final List<Definition> DEFINITIONS =
      FILES.stream().flatMap(LuaLibrary::read).toList();

  private LuaLibrary() {}

  private static Stream<Definition> read(String file) {
    return PARAGRAPHS
        .splitAsStream(LuaScript.read("lib/" + file + ".lua"))
        .map(text -> new Definition(file, defined(text), uses(text), text.strip() + "\n"))
        .filter(definition -> !definition.names().isEmpty());
  }

  private static Set<String> defined(String text) {
    return DEFINED
        .matcher(text)
        .results()
        .flatMap(found -> Stream.of(found.group(1).split(", ")))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  static Set<String> names() {
    return names(DEFINITIONS);
  }

  private static Set<String> names(List<Definition> definitions) {
    return definitions.stream()
        .flatMap(definition -> definition.names().stream())
        .collect(Collectors.toSet());
  }

  /** Looks outside the blocks only. */
  private static Set<String> uses(String text) {
    String code = NO_CODE.matcher(BLOCK.matcher(text).replaceAll("")).replaceAll("''");
    return NAME.matcher(code).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /**
   * Adds the definitions that the script uses. All but those of the org are in a function: a
   * function that is made looks for each local of the running one in a list that grows with each of
   * them, and has those of an outer one at hand.
   *
   * @param remembered true to answer a repeat of the call as the first time
   */
  static String complete(String script, boolean remembered) {
    List<Definition> used = used(remembered ? script + "remember_call" : script, Set.of());
    Set<String> known = names(used);
    return texts(used.stream().filter(definition -> definition.file().equals(ORG)), known)
        + (remembered ? "return remember_call((function()\n" : "return (function()\n")
        + texts(used.stream().filter(definition -> !definition.file().equals(ORG)), known)
        + completeBlocks(script, known)
        + (remembered ? "end)())\n" : "end)()\n");
  }

  private static String complete(String text, Set<String> known) {
    List<Definition> used = used(text, known);
    Set<String> all = names(used);
    all.addAll(known);
    return texts(used.stream(), all) + completeBlocks(text, all);
  }

  private static String texts(Stream<Definition> definitions, Set<String> known) {
    return definitions
        .map(definition -> completeBlocks(definition.text(), known))
        .collect(Collectors.joining());
  }

  private static String completeBlocks(String text, Set<String> known) {
    return BLOCK
        .matcher(text)
        .replaceAll(block -> Matcher.quoteReplacement(complete(block.group(2), known)));
  }

  /** Definitions needed besides the known ones, in their order. */
  private static List<Definition> used(String text, Set<String> known) {
    Set<String> needed = new LinkedHashSet<>(uses(text));
    List<Definition> used = new ArrayList<>();
    boolean more = true;
    while (more) {
      used.clear();
      for (Definition definition : DEFINITIONS) {
        if (!definition.names().stream().anyMatch(known::contains)
            && definition.names().stream().anyMatch(needed::contains)) {
          used.add(definition);
        }
      }
      int before = needed.size();
      used.forEach(definition -> needed.addAll(definition.uses()));
      more = needed.size() > before;
    }
    return used;
  }
}
