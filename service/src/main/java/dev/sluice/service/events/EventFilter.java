package dev.sluice.service.events;

import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that a caller asks for and may see. */
public final class EventFilter {

  private static final Set<String> GROUPS =
      Stream.of(EventType.values()).map(EventFilter::group).collect(Collectors.toSet());

  private final Caller caller;
  private final Set<EventType> types;
  private final @Nullable String project;
  private final @Nullable String session;

  private EventFilter(
      Caller caller, Set<EventType> types, @Nullable String project, @Nullable String session) {
    this.caller = caller;
    this.types = types;
    this.project = project;
    this.session = session;
  }

  /** Reads the parameters of a call, of which any may be absent. */
  public static EventFilter of(
      Caller caller, @Nullable String types, @Nullable String project, @Nullable String session) {
    if (project != null) {
      caller.requireProject(PathIds.check("project", project));
    }
    return new EventFilter(
        caller, types(types), project, session == null ? null : PathIds.check("session", session));
  }

  boolean passes(LoggedEvent event) {
    return types.contains(event.type())
        && (project == null || project.equals(event.project()))
        && (session == null || session.equals(event.sessionId()))
        && sees(event.project());
  }

  /** True if nearly all events pass. */
  boolean isWide() {
    return types.size() == EventType.values().length
        && project == null
        && session == null
        && !caller.bound();
  }

  private boolean sees(@Nullable String ofProject) {
    return ofProject == null
        ? !caller.bound() && caller.mayAny(Scope.FLEET_READ)
        : caller.sees(ofProject);
  }

  private static Set<EventType> types(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return EnumSet.allOf(EventType.class);
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : text.split(",", -1)) {
      EventType type = EventType.parse(name);
      if (type != null) {
        types.add(type);
      } else if (GROUPS.contains(name)) {
        Stream.of(EventType.values()).filter(each -> group(each).equals(name)).forEach(types::add);
      } else {
        throw ApiException.invalid(
            "types",
            "must be names of event types, such as session.ended, or session, message, worker or"
                + " queue for all of a kind, separated by commas");
      }
    }
    return types;
  }

  private static String group(EventType type) {
    String wire = type.wire();
    return wire.substring(0, wire.indexOf('.'));
  }
}
