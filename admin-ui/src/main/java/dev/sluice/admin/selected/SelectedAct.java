package dev.sluice.admin.selected;

import dev.sluice.admin.AdminDependencies;
import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.sessions.MessageFields;
import dev.sluice.admin.sessions.PriorityAct;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.Content;
import dev.sluice.admin.web.SessionNames;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.stops.StopTarget;
import dev.sluice.control.Actor;
import dev.sluice.control.SelectedOrder;
import dev.sluice.control.SelectedResult;
import dev.sluice.control.SelectedVerb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first post shows a preview; only that names the items of the second, which acts. */
public record SelectedAct(AdminDependencies given, SelectedVerb ofMany) implements Act {

  private static final int MOST_NAMED = 10;
  private static final int USUAL_PRIORITY = 3;
  private static final int MOST_IN_COMMAND = 20;

  @Override
  public Section section() {
    return Section.WORK;
  }

  @Override
  public String verb() {
    return ofMany.wire();
  }

  @Override
  public String object() {
    return "selected work";
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    return form(visit, typed, Selection.of(given, visit, typed));
  }

  private ActForm form(Visit visit, FormInput typed, Selection selection) {
    SelectedText words = words();
    List<StopTarget> items = selection.items();
    String count = Formats.count(items.size(), words.noun());
    String submit = words.submit().formatted(count);
    ActForm form =
        ActForm.of(
            submit, visit.links().selected(verb()), submit, visit.links().to(Section.WORK.path()));
    if (selection.problem() != null) {
      return form.refused(selection.problem());
    }
    form.saying(words.says());
    if (words.harms()) {
      form.harms().saying("This cannot be undone.");
    }
    form.saying(items.size() > MOST_NAMED ? "The first " + MOST_NAMED + ":" : "These:")
        .to(first(visit, items));
    selection.fields().forEach(form::asking);
    ask(form, typed).asking(Field.reason(typed.text(FormInput.REASON)));
    return items.size() > MOST_IN_COMMAND
        ? form
        : form.curl(visit.server(), "POST", "/api/bulk", json(typed, items));
  }

  private List<Ref> first(Visit visit, List<StopTarget> items) {
    List<String> ids = items.stream().limit(MOST_NAMED).map(StopTarget::sessionId).toList();
    SessionNames names = SessionNames.of(ids.stream(), given.backend().sessions(), visit);
    return ids.stream()
        .map(id -> new Ref(names.of(id).words(), visit.links().session(id)))
        .toList();
  }

  private ActForm ask(ActForm form, FormInput typed) {
    return switch (ofMany) {
      case REPRIORITISE -> form.asking(PriorityAct.field(typed, USUAL_PRIORITY));
      case SEND -> MessageFields.ask(form, typed);
      default -> form;
    };
  }

  private String json(FormInput typed, List<StopTarget> items) {
    return JsonText.object(
        "verb",
        verb(),
        "ids",
        items.stream().map(StopTarget::sessionId).toList(),
        "dryRun",
        false,
        PriorityAct.PRIORITY,
        ofMany == SelectedVerb.REPRIORITISE ? PriorityAct.shownIn(typed, USUAL_PRIORITY) : null,
        "message",
        ofMany == SelectedVerb.SEND
            ? JsonText.map("type", "directive", "payload", "message text")
            : null,
        FormInput.REASON,
        "why");
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    Selection selection = Selection.of(given, visit, typed);
    String back = typed.back();
    if (!typed.has(Selection.ITEM) || selection.problem() != null) {
      ActForm preview = form(visit, typed, selection);
      return new ActResult.Shows(
          new Content(
              section(),
              preview.title(),
              "act",
              back.isEmpty() ? preview : preview.returning(back)));
    }
    int priority = ofMany == SelectedVerb.REPRIORITISE ? PriorityAct.typed(typed) : 0;
    @Nullable NewMessage message =
        ofMany == SelectedVerb.SEND ? MessageFields.read(visit, actor, typed) : null;
    SelectedOrder order = new SelectedOrder(ofMany, selection.items(), priority, message, false, 0);
    SelectedResult result = given.control().selected(actor, order, project -> true);
    return new ActResult.Shows(
        new Content(
            section(),
            words().title(),
            "receipt",
            new Receipts(given.backend(), visit, words(), back).of(order, result, typed)));
  }

  private SelectedText words() {
    return SelectedText.of(ofMany, given.rules().stopGraceMs());
  }
}
