package dev.sluice.admin.bulk;

import dev.sluice.admin.acts.Act;
import dev.sluice.admin.acts.ActResult;
import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.acts.InvalidFieldException;
import dev.sluice.admin.sessions.PriorityAct;
import dev.sluice.admin.view.ActForm;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Formats;
import dev.sluice.admin.view.JsonText;
import dev.sluice.admin.view.Notice;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Section;
import dev.sluice.admin.web.PageIds;
import dev.sluice.admin.web.Visit;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.control.Actor;
import dev.sluice.control.BulkResult;
import dev.sluice.control.BulkVerb;
import dev.sluice.control.FleetControl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An act on all matching items. Each post works for a bounded time and leads back to the form while
 * more remain. A filter is counted before it is used.
 *
 * @param project whose waiting work; null for dead letters
 */
public record BulkAct(
    FleetControl control, QueueBackend backend, BulkVerb ofMany, @Nullable String project)
    implements Act {

  private static final String COUNTED = "counted";

  private static final int USUAL_PRIORITY = 3;

  @Override
  public Section section() {
    return project == null ? Section.WORK : Section.QUEUES;
  }

  @Override
  public String verb() {
    return ofMany.wire();
  }

  @Override
  public String object() {
    return project == null ? "dead letters" : project;
  }

  @Override
  public ActForm form(Visit visit, FormInput typed) {
    BulkProgress before = BulkProgress.of(typed);
    try {
      BulkFilter filter = filter(typed);
      return before.goesOn() ? further(visit, typed, filter, before) : first(visit, typed, filter);
    } catch (InvalidFieldException problem) {
      return choices(blank(visit), typed).wrong(problem.field(), problem.words());
    }
  }

  private ActForm first(Visit visit, FormInput typed, BulkFilter filter) {
    BulkCount count = BulkCount.of(control, backend, visit, ofMany, filter);
    List<Ref> some = some(visit, filter);
    ActForm form =
        choices(blank(visit), typed)
            .saying(count.words(noun()) + match(filter) + some(some.size(), count))
            .to(some)
            .asking(Field.hidden(COUNTED, filter.text()));
    return curl(form, visit, typed, filter);
  }

  private ActForm further(Visit visit, FormInput typed, BulkFilter filter, BulkProgress before) {
    ActForm form = blank(visit).submitting("Continue").saying(before.words());
    for (Field field : before.fields()) {
      form = form.asking(field);
    }
    form = hidden(form, typed).asking(Field.hidden(COUNTED, filter.text()));
    return curl(form.asking(Field.reason(typed.text(FormInput.REASON))), visit, typed, filter);
  }

  private ActForm blank(Visit visit) {
    BulkText words = BulkText.of(ofMany);
    String title = words.title() + (project == null ? "" : " of " + Formats.cut(project, 80));
    ActForm form = ActForm.of(title, links(visit).form(), words.submit(), links(visit).back());
    return (words.harms() ? form.harms() : form).saying(words.says());
  }

  private ActForm choices(ActForm form, FormInput typed) {
    ActForm some =
        project == null
            ? form.asking(
                    Field.text(BulkFilter.PROJECT, "Project", typed.lines(BulkFilter.PROJECT))
                        .hint("Empty for all. A changed filter is counted first."))
                .asking(BulkFilter.deadField(typed.text(BulkFilter.DEAD)))
                .asking(BulkFilter.errorField(typed.text(BulkFilter.ERROR)))
            : form.asking(BulkFilter.placeField(typed.text(BulkFilter.PLACE)));
    return (ofMany == BulkVerb.REPRIORITISE
            ? some.asking(PriorityAct.field(typed, USUAL_PRIORITY))
            : some)
        .asking(Field.reason(typed.text(FormInput.REASON)));
  }

  private ActForm hidden(ActForm form, FormInput typed) {
    ActForm all = form;
    for (String name :
        List.of(
            BulkFilter.PROJECT,
            BulkFilter.DEAD,
            BulkFilter.ERROR,
            BulkFilter.PLACE,
            PriorityAct.PRIORITY)) {
      all = typed.has(name) ? all.asking(Field.hidden(name, typed.lines(name))) : all;
    }
    return all;
  }

  private ActForm curl(ActForm form, Visit visit, FormInput typed, BulkFilter filter) {
    Integer priority =
        ofMany == BulkVerb.REPRIORITISE ? PriorityAct.shownIn(typed, USUAL_PRIORITY) : null;
    String json =
        JsonText.object(
            "verb",
            ofMany.wire(),
            "filter",
            filter.json(),
            PriorityAct.PRIORITY,
            priority,
            "dryRun",
            false,
            FormInput.REASON,
            "why");
    return form.curl(visit.server(), "POST", "/api/bulk", json);
  }

  @Override
  public ActResult perform(Visit visit, Actor actor, FormInput typed) {
    BulkFilter filter = filter(typed);
    int priority = ofMany == BulkVerb.REPRIORITISE ? PriorityAct.typed(typed) : 0;
    if (!typed.text(COUNTED).equals(filter.text())) {
      return new ActResult.Goes(
          links(visit).again(typed, BulkProgress.NONE),
          Notice.look("Nothing was changed yet. This is the count for your new filter."));
    }
    BulkProgress before = BulkProgress.of(typed);
    BulkResult step = control.bulk(actor, filter.order(ofMany, priority, false, before.cursor()));
    BulkProgress now = before.and(step);
    return now.goesOn()
        ? new ActResult.Goes(links(visit).again(typed, now), Notice.look(now.words()))
        : new ActResult.Goes(links(visit).back(), now.notice(BulkText.of(ofMany).done()));
  }

  private BulkFilter filter(FormInput typed) {
    return project == null ? BulkFilter.dead(typed) : BulkFilter.waiting(project, typed);
  }

  private String noun() {
    return project == null ? "dead letter" : "waiting item";
  }

  private static String match(BulkFilter filter) {
    String project = filter.project();
    return project == null ? "" : " of " + Formats.cut(project, 80);
  }

  private static String some(int shown, BulkCount count) {
    if (shown == 0) {
      return ".";
    }
    return shown < count.known() || count.more() ? ". For example:" : ":";
  }

  private List<Ref> some(Visit visit, BulkFilter filter) {
    BulkSamples samples = new BulkSamples(backend);
    return project == null
        ? samples.dead(visit, filter.order(ofMany, 0, true, null))
        : samples.waiting(visit, project, filter.places());
  }

  private BulkLinks links(Visit visit) {
    return new BulkLinks(visit.links(), ofMany, project);
  }

  @Override
  public void check(Visit visit) {
    if (project != null) {
      PageIds.require(project, "project", visit, Section.QUEUES);
    }
  }
}
