package dev.sluice.service.events;

import dev.sluice.backend.events.EventType;
import dev.sluice.backend.events.LoggedEvent;
import dev.sluice.backend.keys.Scope;
import dev.sluice.service.api.WorkBatch;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.PathIds;
import dev.sluice.service.errors.ApiException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that a caller asks for and may see. */
public final class EventFilter {

  private static final Set<String> GROUPS =
      Stream.of(EventType.values())
          .map(EventFilter::group)
          .collect(Collectors.toCollection(TreeSet::new));

  private static final String FINDING = group(EventType.FINDING_BEGAN);

  private final Caller caller;
  private final Set<EventType> types;
  private final @Nullable String project;
  private final @Nullable String session;
  private final @Nullable WorkBatch batch;
  private final Map<String, String> labels;

  private EventFilter(
      Caller caller,
      Set<EventType> types,
      @Nullable String project,
      @Nullable String session,
      @Nullable WorkBatch batch,
      Map<String, String> labels) {
    this.caller = caller;
    this.types = types;
    this.project = project;
    this.session = session;
    this.batch = batch;
    this.labels = labels;
  }

  /** Reads the parameters of a call, of which any may be absent. */
  public static EventFilter of(
      Caller caller, @Nullable String types, @Nullable String project, @Nullable String session) {
    if (project != null) {
      caller.requireProject(PathIds.check("project", project));
    }
    return new EventFilter(
        caller,
        types(types),
        project,
        session == null ? null : PathIds.check("session", session),
        null,
        Map.of());
  }

  /** Lets only events of a batch pass, and of work that has all of these labels. */
  public EventFilter ofWork(@Nullable WorkBatch thisBatch, Map<String, String> theseLabels) {
    return new EventFilter(caller, types, project, session, thisBatch, theseLabels);
  }

  /** Doesn't look at {@link #labels}. */
  boolean passes(LoggedEvent event) {
    return types.contains(event.type())
        && (project == null || project.equals(event.project()))
        && (session == null || session.equals(event.sessionId()))
        && (batch == null || event.sessionId() != null && batch.has(event.sessionId()))
        && sees(event);
  }

  /** Returns the labels that the work of an event must have. */
  Map<String, String> labels() {
    return labels;
  }

  /** True if nearly all events pass. */
  boolean isWide() {
    return types.size() == EventType.values().length
        && project == null
        && session == null
        && batch == null
        && labels.isEmpty()
        && !caller.bound();
  }

  private boolean sees(LoggedEvent event) {
    String ofProject = event.project();
    boolean within = ofProject == null ? !caller.bound() : caller.sees(ofProject);
    boolean ofFleet = ofProject == null || group(event.type()).equals(FINDING);
    return within && (!ofFleet || caller.mayAny(Scope.FLEET_READ));
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
            "must be names of event types, such as session.ended, or "
                + String.join(", ", GROUPS)
                + " for all of a kind, separated by commas");
      }
    }
    return types;
  }

  private static String group(EventType type) {
    String wire = type.wire();
    return wire.substring(0, wire.indexOf('.'));
  }
}
