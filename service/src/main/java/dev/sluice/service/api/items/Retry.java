package dev.sluice.service.api.items;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.FieldText;
import dev.sluice.backend.sessions.OwnCause;
import dev.sluice.backend.sessions.Remedy;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.JsonBody;
import dev.sluice.service.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Applies what projects and items say about their failed runs: docs/rules.md, "Failed runs". */
public final class Retry {

  private static final String MEMBER = "retry";

  private static final int MOST = 32;

  private static final String REMEDY =
      "must be one of: "
          + Arrays.stream(Remedy.values()).map(Remedy::wire).collect(Collectors.joining(", "));

  private static final Set<String> OWN =
      Arrays.stream(OwnCause.values()).map(OwnCause::wire).collect(Collectors.toSet());

  private final Map<RetryEntry.Place, Map<String, Remedy>> byProject;

  /**
   * @param projects each at most once
   */
  public Retry(List<RetryEntry> projects) {
    byProject = projects.stream().collect(Collectors.toMap(RetryEntry::place, RetryEntry::causes));
  }

  /** Applies what the project says, and then what the item says. */
  public Failure decide(String org, Session session, Failure failure) {
    RetryEntry.Place place = new RetryEntry.Place(org, session.project());
    return failure.with(byProject.getOrDefault(place, Map.of())).with(ofItem(session.item()));
  }

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
      String problem = problem(cause, FieldText.of(String.valueOf(retry.raw(cause))));
      if (problem != null) {
        throw ApiException.invalid(MEMBER + '.' + cause, problem);
      }
    }
  }

  /** Says what is wrong with a remedy of a cause; null for nothing. */
  static @Nullable String problem(String cause, @Nullable String remedy) {
    if (Failure.FOR_PEOPLE.contains(cause)) {
      return "is for people, and never repeated";
    }
    if (OWN.contains(cause)) {
      return "is a cause of Sluice's own, which can't be changed";
    }
    return Remedy.ofWire(String.valueOf(remedy)).isEmpty() ? REMEDY : null;
  }

  /** Nothing for one that can't be read. */
  private static Map<String, Remedy> ofItem(String item) {
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
