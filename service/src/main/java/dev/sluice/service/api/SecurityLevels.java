package dev.sluice.service.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dimensions of execution security and their levels: docs/protocol.md, "Execution security".
 */
public final class SecurityLevels {

  /** The levels of each dimension, the weakest first; the dimensions in the order of a digest. */
  public static final Map<String, List<String>> LADDERS = ladders();

  private SecurityLevels() {}

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
