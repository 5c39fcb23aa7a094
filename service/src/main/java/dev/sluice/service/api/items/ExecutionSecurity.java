package dev.sluice.service.api.items;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.backend.work.SecurityLevels;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.api.items.ItemType.Fault;
import dev.sluice.service.auth.secrets.Secrets;
import dev.sluice.service.errors.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code executionSecurity}, version 1. A Go worker fails an item whose member it can't
 * decode, and its decoder is closed. Items that are stored already are not checked: they fail
 * alone.
 */
final class ExecutionSecurity {

  private static final String NAME = "executionSecurity";

  private static final Set<String> MEMBERS =
      Set.of(
          "version",
          "levels",
          "sources",
          "digest",
          "parentSessionId",
          "rulesetRevision",
          "resolvedAt");

  private static final List<String> TEXTS =
      List.of("digest", "parentSessionId", "rulesetRevision", "resolvedAt");

  private ExecutionSecurity() {}

  /**
   * Checks the item and its seal. 400 names the first wrong member by its path.
   *
   * @param item with a seal that equals it, if it has one
   */
  static void check(JsonBody item) {
    Optional<String> named = item.memberNames().stream().filter(NAME::equalsIgnoreCase).findFirst();
    if (named.isEmpty()) {
      return;
    }
    if (!named.get().equals(NAME)) {
      throw ApiException.invalid(named.get(), "must be spelled " + NAME);
    }
    check("", item);
    String seal = item.raw(SealedItem.SEAL);
    if (seal != null) {
      check(SealedItem.SEAL + ".", JsonBody.parse(seal));
    }
  }

  /** Returns the capabilities that a machine has if it reaches the levels of a right item. */
  static List<String> required(JsonBody item) {
    String json = item.raw(NAME);
    if (json == null) {
      return List.of();
    }
    JsonBody levels = JsonBody.parse(json).requiredObject("levels");
    return SecurityLevels.LADDERS.entrySet().stream()
        .filter(each -> !each.getKey().equals(SecurityLevels.TOOL_APPROVAL))
        .map(each -> Map.entry(each.getKey(), levels.requiredName(each.getKey())))
        .map(each -> SecurityLevels.upTo(each.getKey(), each.getValue()))
        .filter(reached -> !reached.isEmpty())
        .map(reached -> reached.get(reached.size() - 1))
        .toList();
  }

  private static void check(String path, JsonBody item) {
    Fault fault = faultOf(item.raw(NAME));
    if (fault != null) {
      throw ApiException.invalid(path + NAME + fault.path(), fault.problem());
    }
  }

  private static @Nullable Fault faultOf(@Nullable String json) {
    try {
      JsonNode value = json == null ? null : JsonBody.tree(json);
      return value == null || !value.isObject() ? Fault.of("must be an object") : fault(value);
    } catch (JsonProcessingException e) {
      return Fault.of("holds a number that is too long");
    }
  }

  private static @Nullable Fault fault(JsonNode value) {
    Fault unknown = unknown(value, MEMBERS);
    if (unknown != null) {
      return unknown;
    }
    JsonNode version = value.path("version");
    if (!version.isInt() || version.intValue() != 1) {
      return new Fault(".version", "must be 1");
    }
    Fault levels = faultOfLevels(value.path("levels"));
    if (levels != null) {
      return levels.below(".levels");
    }
    Fault sources = faultOfSources(value.path("sources"));
    if (sources != null) {
      return sources.below(".sources");
    }
    for (String name : TEXTS) {
      JsonNode text = value.path(name);
      if (isGiven(text) && (!text.isTextual() || ItemType.trimmed(text.textValue()).isEmpty())) {
        return new Fault("." + name, "must be a string, and not blank");
      }
    }
    JsonNode digest = value.path("digest");
    return isGiven(digest) && !digest.textValue().equals(digest(value.path("levels")))
        ? new Fault(".digest", "must be that of the levels, or absent")
        : null;
  }

  private static @Nullable Fault faultOfLevels(JsonNode levels) {
    if (!levels.isObject()) {
      return Fault.of("must be an object");
    }
    Fault unknown = unknown(levels, SecurityLevels.LADDERS.keySet());
    if (unknown != null) {
      return unknown;
    }
    for (Map.Entry<String, List<String>> each : SecurityLevels.LADDERS.entrySet()) {
      List<String> ladder = each.getValue();
      if (!ladder.contains(levels.path(each.getKey()).asText())) {
        int last = ladder.size() - 1;
        String weaker = String.join(", ", ladder.subList(0, last));
        return new Fault("." + each.getKey(), "must be " + weaker + " or " + ladder.get(last));
      }
    }
    return null;
  }

  private static @Nullable Fault faultOfSources(JsonNode sources) {
    if (!isGiven(sources)) {
      return null;
    }
    if (!sources.isObject()) {
      return Fault.of("must be an object");
    }
    Fault unknown = unknown(sources, SecurityLevels.LADDERS.keySet());
    if (unknown != null) {
      return unknown;
    }
    for (Map.Entry<String, JsonNode> source : sources.properties()) {
      if (!source.getValue().isTextual() && !source.getValue().isNull()) {
        return new Fault("." + source.getKey(), "must be a string");
      }
    }
    return null;
  }

  private static @Nullable Fault unknown(JsonNode object, Set<String> known) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(name -> new Fault("." + name, "is unknown"))
        .orElse(null);
  }

  /** Null counts as absent, as in Go. */
  private static boolean isGiven(JsonNode member) {
    return !member.isMissingNode() && !member.isNull();
  }

  private static String digest(JsonNode levels) {
    String lines =
        SecurityLevels.LADDERS.keySet().stream()
            .map(dimension -> dimension + "=" + levels.path(dimension).textValue())
            .collect(Collectors.joining("\n"));
    return "sha256:" + Secrets.sha256(lines);
  }
}
