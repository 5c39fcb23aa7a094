package dev.sluice.admin.selected;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.web.Visit;
import dev.sluice.admin.work.AllWork;
import dev.sluice.backend.Names;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.control.SelectedOrder;
import dev.sluice.fleet.FleetSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items of an act: those that a preview showed, else those that a list ticked, else all of it.
 *
 * @param items each once
 * @param problem null if they may be acted on
 */
record Selection(List<StopTarget> items, @Nullable String problem) {

  static final String ID = "id";

  /** Token and id, as previewed. */
  static final String ITEM = "item";

  static Selection of(AdminDependencies given, Visit visit, FormInput typed) {
    if (typed.has(ITEM)) {
      return checked(typed.all(ITEM).stream().map(Selection::item).toList());
    }
    List<String> ids =
        typed.ticked(AllWork.ALL)
            ? AllWork.ids(given, visit, typed, SelectedOrder.MOST + 1)
            : typed.all(ID);
    Map<String, Long> tokens = tokens(visit.reading().fleet());
    return checked(
        ids.stream().map(id -> new StopTarget(id, tokens.getOrDefault(id, 0L))).toList());
  }

  private static StopTarget item(String text) {
    int space = text.indexOf(' ');
    String token = space < 0 ? "" : text.substring(0, space);
    return token.matches("[0-9]{1,18}")
        ? new StopTarget(text.substring(space + 1), Long.parseLong(token))
        : new StopTarget("", 0);
  }

  private static Map<String, Long> tokens(@Nullable FleetSnapshot fleet) {
    Map<String, Long> tokens = new HashMap<>();
    if (fleet != null) {
      fleet.claims().all().forEach((Claim claim) -> tokens.put(claim.id(), claim.token()));
    }
    return tokens;
  }

  private static Selection checked(List<StopTarget> given) {
    Map<String, StopTarget> items = new LinkedHashMap<>();
    given.forEach(item -> items.putIfAbsent(item.sessionId(), item));
    if (items.isEmpty()) {
      return new Selection(List.of(), "Nothing is selected. Go back and select some.");
    }
    if (items.size() > SelectedOrder.MOST) {
      return new Selection(
          List.of(),
          "Nothing was changed: at most "
              + Formats.count(SelectedOrder.MOST)
              + " can be selected. For more, the page of a queue acts on all that waits.");
    }
    return items.keySet().stream().allMatch(id -> Names.problem(id) == null)
        ? new Selection(List.copyOf(items.values()), null)
        : new Selection(List.of(), "Nothing was changed: an id is not valid.");
  }

  List<Field> fields() {
    return fields(items);
  }

  static List<Field> fields(List<StopTarget> items) {
    List<Field> fields = new ArrayList<>(items.size());
    items.forEach(item -> fields.add(Field.hidden(ITEM, item.token() + " " + item.sessionId())));
    return fields;
  }
}
