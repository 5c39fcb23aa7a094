package dev.sluice.admin.bulk;

import dev.sluice.admin.acts.FormInput;
import dev.sluice.admin.sessions.PriorityAct;
import dev.sluice.admin.view.Links;
import dev.sluice.control.BulkVerb;
import org.jspecify.annotations.Nullable;

/**
 * @param project null for dead letters
 */
record BulkLinks(Links links, BulkVerb verb, @Nullable String project) {

  String form(@Nullable String... filled) {
    return project == null
        ? links.to("/dead/" + verb.wire(), filled)
        : links.queueAct(project, BulkText.of(verb).path(), filled);
  }

  String again(FormInput typed, BulkProgress progress) {
    boolean goesOn = progress.goesOn();
    return form(
        BulkFilter.PROJECT,
        typed.lines(BulkFilter.PROJECT),
        BulkFilter.DEAD,
        typed.text(BulkFilter.DEAD),
        BulkFilter.ERROR,
        typed.text(BulkFilter.ERROR),
        BulkFilter.PLACE,
        typed.text(BulkFilter.PLACE),
        PriorityAct.PRIORITY,
        typed.text(PriorityAct.PRIORITY),
        FormInput.REASON,
        typed.text(FormInput.REASON),
        BulkProgress.CURSOR,
        progress.cursor(),
        BulkProgress.DONE,
        goesOn ? String.valueOf(progress.done()) : null,
        BulkProgress.REFUSED,
        goesOn ? String.valueOf(progress.refused()) : null);
  }

  String back() {
    return project == null ? links.dead() : links.queue(project);
  }
}
