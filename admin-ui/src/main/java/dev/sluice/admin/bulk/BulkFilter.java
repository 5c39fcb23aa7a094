package dev.sluice.admin.bulk;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.JsonText;
import dev.sluice.backend.Names;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.control.BulkOrder;
import dev.sluice.control.BulkVerb;
import dev.sluice.control.DeadCause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a {@link BulkOrder}; null matches all.
 *
 * @param project only for dead letters
 * @param error see {@link DeadCause#group}
 */
record BulkFilter(
    @Nullable String project,
    @Nullable Place place,
    @Nullable DeadReason dead,
    @Nullable String error) {

  static final String PROJECT = "project";
  static final String PLACE = "place";
  static final String DEAD = "dead";
  static final String ERROR = "error";

  private static final List<Place> PLACES = List.of(Place.READY, Place.PARKED, Place.LATER);

  static BulkFilter waiting(String project, FormInput typed) {
    String place = typed.text(PLACE);
    return new BulkFilter(
        project,
        place.isEmpty()
            ? null
            : PLACES.stream()
                .filter(each -> each.wire().equals(place))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(PLACE, "must be from the list")),
        null,
        null);
  }

  static BulkFilter dead(FormInput typed) {
    String project = typed.lines(PROJECT); // a name may begin or end with a space
    String problem = project.isEmpty() ? null : Names.problem(project);
    if (problem != null) {
      throw new InvalidFieldException(PROJECT, problem);
    }
    String reason = typed.text(DEAD);
    String error = typed.text(ERROR);
    return new BulkFilter(
        project.isEmpty() ? null : project,
        null,
        reason.isEmpty()
            ? null
            : Arrays.stream(DeadReason.values())
                .filter(each -> each.wire().equals(reason))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(DEAD, "must be from the list")),
        error.isEmpty() ? null : DeadCause.group(error));
  }

  BulkOrder order(BulkVerb verb, int priority, boolean dryRun, @Nullable String cursor) {
    return new BulkOrder(verb, project, place, dead, error, priority, dryRun, cursor);
  }

  List<Place> places() {
    return place == null ? PLACES : List.of(place);
  }

  Map<String, Object> json() {
    return JsonText.map(
        PROJECT,
        project,
        PLACE,
        place == null ? null : place.wire(),
        DEAD,
        dead == null ? null : dead.wire(),
        ERROR,
        error);
  }

  String text() {
    return JsonText.object("filter", json());
  }

  static Field placeField(String chosen) {
    return choice(PLACE, "Place", "all places", PLACES, Place::wire, Place::wire, chosen);
  }

  static Field deadField(String chosen) {
    List<DeadReason> reasons = List.of(DeadReason.values());
    return choice(
        DEAD, "Failure reason", "any reason", reasons, DeadReason::wire, DeadReason::words, chosen);
  }

  static Field errorField(String chosen) {
    String group = chosen.isEmpty() ? "" : DeadCause.group(chosen);
    List<String> groups = group.isEmpty() ? List.of() : List.of(group);
    return choice(ERROR, "Error", "any error", groups, each -> each, each -> each, group);
  }

  private static <T> Field choice(
      String name,
      String label,
      String any,
      List<T> values,
      Function<T, String> wire,
      Function<T, String> words,
      String chosen) {
    List<Field.Option> options = new ArrayList<>();
    options.add(new Field.Option("", any, chosen.isEmpty()));
    for (T value : values) {
      String each = wire.apply(value);
      options.add(new Field.Option(each, words.apply(value), each.equals(chosen)));
    }
    return Field.choice(name, label, options);
  }
}
