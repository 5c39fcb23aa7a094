package dev.sluice.service.api.items;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an item says about its failed runs: docs/rules.md, "Failed runs". */
public final class Retry {

  private static final String MEMBER = "retry";

  private static final int MOST = 32;

  private static final String REMEDY =
      "must be one of: "
          + Arrays.stream(Remedy.values()).map(Remedy::wire).collect(Collectors.joining(", "));

  private Retry() {}

  /** 400 names the first wrong member. */
  static void check(JsonBody item) {
    item.require(MEMBER, JsonNodeType.OBJECT, "must be an object");
    JsonBody retry = item.has(MEMBER) ? item.requiredObject(MEMBER) : null;
    if (retry == null) {
      return;
    }
    if (retry.memberNames().size() > MOST) {
      throw ApiException.invalid(MEMBER, "must have at most " + MOST + " members");
    }
    for (String cause : retry.memberNames()) {
      if (cause.getBytes(StandardCharsets.UTF_8).length > Failure.MAX_BYTES) {
        throw ApiException.invalid(
            MEMBER, "has a name of more than " + Failure.MAX_BYTES + " bytes");
      }
      if (Failure.FOR_PEOPLE.contains(cause)) {
        throw ApiException.invalid(MEMBER + '.' + cause, "is for people, and never repeated");
      }
      if (Remedy.ofWire(String.valueOf(retry.string(cause))).isEmpty()) {
        throw ApiException.invalid(MEMBER + '.' + cause, REMEDY);
      }
    }
  }

  /**
   * Returns what follows from each cause that a stored item names; nothing for one that can't be
   * read.
   */
  public static Map<String, Remedy> of(String item) {
    Map<String, Remedy> remedies = new TreeMap<>();
    try {
      JsonBody body = JsonBody.parse(item.isEmpty() ? "{}" : item);
      JsonBody retry = body.has(MEMBER) ? body.requiredObject(MEMBER) : body;
      if (retry != body) {
        for (String cause : retry.memberNames()) {
          Remedy.ofWire(String.valueOf(retry.string(cause)))
              .ifPresent(remedy -> remedies.put(cause, remedy));
        }
      }
    } catch (ApiException e) {
      return Map.of(); // enqueued by an older release, which didn't look at it
    }
    return remedies;
  }
}
