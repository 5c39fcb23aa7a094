package dev.sluice.admin.selected;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.sessions.PriorityAct;
import dev.sluice.admin.view.Badge;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.SelectedOrder;
import dev.sluice.control.SelectedResult;
import dev.sluice.control.SelectedResult.Item;
import dev.sluice.control.SelectedResult.Outcome;
import dev.sluice.control.SelectedVerb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param back of the list; may be empty
 */
record Receipts(QueueBackend backend, Visit visit, SelectedText words, String back) {

  /** Of one outcome; all together are at most a page of headlines. */
  private static final int MOST_NAMED = 100;

  Receipt of(SelectedOrder order, SelectedResult result, FormInput typed) {
    long done = result.done();
    int looked = result.items().size();
    List<Receipt.Form> forms = new ArrayList<>();
    if (result.next() >= 0) {
      forms.add(further(order, result.next(), typed));
    }
    if (order.verb() == SelectedVerb.REPRIORITISE) {
      forms.addAll(undo(order, result));
    }
    String stop = result.stopId();
    return new Receipt(
        words.title(),
        done == looked && result.next() < 0 ? Badge.DONE : Badge.WAIT,
        words.done()
            + ": "
            + Formats.count(done)
            + " of "
            + Formats.count(order.items().size())
            + ". "
            + (looked == done ? "" : Formats.count(looked - done) + " not changed. ")
            + (result.next() < 0
                ? ""
                : Formats.count(order.items().size() - (long) result.next()) + " to go. ")
            + (done == 0 || order.verb() == SelectedVerb.REPRIORITISE
                ? ""
                : "This cannot be undone."),
        stop == null ? null : visit.links().stop(stop),
        done == 0 ? null : activity(),
        forms,
        new Rows<>(groups(result)),
        back.isEmpty() ? visit.links().to(Section.WORK.path()) : back);
  }

  /** A page of the audit that begins with the latest entry of now, also later. */
  private @Nullable String activity() {
    try {
      Audit audit = backend.audit();
      return audit.list(visit.org(), null, 1).items().stream()
          .map(last -> new Cursor(last.id() + 1, visit.org()).text())
          .map(cursor -> visit.links().to(Section.ACTIVITY.path(), "cursor", cursor))
          .findFirst()
          .orElse(null);
    } catch (BackendUnavailableException away) {
      return null;
    }
  }

  private List<Receipt.Group> groups(SelectedResult result) {
    Map<Outcome, List<String>> ids =
        result.items().stream()
            .collect(
                Collectors.groupingBy(
                    Item::outcome,
                    () -> new EnumMap<>(Outcome.class),
                    Collectors.mapping(Item::id, Collectors.toList())));
    SessionNames names = names(ids.values());
    return ids.entrySet().stream()
        .map(
            each -> {
              int others = each.getValue().size() - MOST_NAMED;
              return new Receipt.Group(
                  words.words(each.getKey()),
                  Formats.count(each.getValue().size()),
                  new Rows<>(each.getValue().stream().limit(MOST_NAMED).map(names::of).toList()),
                  others > 0 ? "And " + Formats.count(others) + " more." : null);
            })
        .toList();
  }

  /** Known ones only if the store does not answer: what was done must be told. */
  private SessionNames names(Collection<List<String>> ids) {
    try {
      return SessionNames.of(
          ids.stream().flatMap(each -> each.stream().limit(MOST_NAMED)), backend.sessions(), visit);
    } catch (BackendUnavailableException away) {
      return SessionNames.of(Stream.empty(), backend.sessions(), visit);
    }
  }

  /** Carries all fields on. */
  private Receipt.Form further(SelectedOrder order, int next, FormInput typed) {
    List<StopTarget> rest = order.items().subList(next, order.items().size());
    List<Field> fields = new ArrayList<>(Selection.fields(rest));
    typed.fields().keySet().stream()
        .filter(name -> !name.equals(Selection.ITEM))
        .forEach(name -> fields.add(Field.hidden(name, typed.lines(name))));
    return new Receipt.Form(
        "The rest was not reached.",
        visit.links().selected(order.verb().wire()),
        "Continue with " + Formats.count(rest.size()),
        fields);
  }

  /** One form for each priority before. */
  private List<Receipt.Form> undo(SelectedOrder order, SelectedResult result) {
    Map<Integer, List<StopTarget>> before =
        result.items().stream()
            .filter(item -> item.outcome() == Outcome.DONE && item.before() != order.priority())
            .collect(
                Collectors.groupingBy(
                    Item::before,
                    TreeMap::new,
                    Collectors.mapping(item -> new StopTarget(item.id(), 0), Collectors.toList())));
    return before.entrySet().stream()
        .map(
            each -> {
              List<Field> fields = new ArrayList<>(Selection.fields(each.getValue()));
              fields.add(Field.hidden(PriorityAct.PRIORITY, String.valueOf(each.getKey())));
              fields.add(Field.hidden(FormInput.REASON, "undo"));
              fields.add(Field.hidden(FormInput.BACK, back));
              String count = Formats.count(each.getValue().size(), "item");
              return new Receipt.Form(
                  count + " had priority " + each.getKey() + " before.",
                  visit.links().selected(order.verb().wire()),
                  "Undo: priority " + each.getKey() + " again",
                  fields);
            })
        .toList();
  }
}
