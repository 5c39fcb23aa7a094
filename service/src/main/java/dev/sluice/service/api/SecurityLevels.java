package dev.sluice.service.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of execution security and their levels: docs/protocol.md, "Execution security".
 */
public final class SecurityLevels {

  /** The levels of each dimension, the weakest first; the dimensions in the order of a digest. */
  public static final Map<String, List<String>> LADDERS = ladders();

  /** The member of a registration in which a Go daemon attests what its machine enforces. */
  public static final String ATTESTED = "executionSecurityEnforcement";

  /** Approval is up to the agent, so no machine attests it. */
  private static final String TOOL_APPROVAL = "toolApproval";

  private SecurityLevels() {}

  /**
   * Returns the five levels that a registration attests, as JSON; an unknown or missing level
   * counts as the weakest. Null if it attests nothing, or no object.
   */
  static @Nullable String attested(JsonBody registration) {
    String json = registration.raw(ATTESTED);
    if (json == null || !json.startsWith("{")) {
      return null;
    }
    JsonNode given;
    try {
      given = JsonBody.tree(json);
    } catch (JsonProcessingException e) {
      return null; // it holds a number that is too long
    }
    return LADDERS.entrySet().stream()
        .filter(each -> !each.getKey().equals(TOOL_APPROVAL))
        .map(
            each -> {
              String level = given.path(each.getKey()).asText();
              String known = each.getValue().contains(level) ? level : each.getValue().get(0);
              return "\"" + each.getKey() + "\":\"" + known + "\"";
            })
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Map<String, List<String>> ladders() {
    Map<String, List<String>> ladders = new LinkedHashMap<>();
    ladders.put(
        "toolApproval", List.of("bypass", "deny-list", "allow-list", "human-approval-for-writes"));
    ladders.put("fileRead", List.of("host", "home-minus-secrets", "workarea"));
    ladders.put("fileWrite", List.of("host", "workarea"));
    ladders.put("network", List.of("open", "logged", "allow-list", "none"));
    ladders.put(
        "credentials", List.of("ambient-host-login", "injected-only", "short-lived-scoped"));
    ladders.put("isolation", List.of("host-user", "os-sandbox", "container", "microvm"));
    return Collections.unmodifiableMap(ladders);
  }
}
