package dev.sluice.admin.work;

import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.web.Visit;
import dev.sluice.control.SelectedVerb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of work in one state, for {@code part/work-list}.
 *
 * @param groups one without a title, except of dead letters
 * @param common reasons of all that wait on this page; null for none
 * @param mixed true for waiting work of several projects
 * @param steers true if rows have actions
 * @param selecting null for visitors who may not act, and for work without an act on many
 */
public record WorkList(
    WorkState state,
    Rows<Group> groups,
    @Nullable String common,
    boolean mixed,
    boolean steers,
    Pager pager,
    @Nullable Selecting selecting) {

  /**
   * The form that ticked rows belong to.
   *
   * @param back address of this page
   * @param list the whole list
   * @param all label of its box
   */
  public record Selecting(ActButton.Menu verbs, String back, List<Field> list, String all) {

    /** Of a form sent without a button. */
    public String action() {
      return verbs.first().get(0).link();
    }
  }

  /**
   * @param error null for none
   * @param acts on the whole group, on all pages
   */
  public record Group(
      @Nullable String reason,
      @Nullable String error,
      @Nullable String count,
      ActButton.Menu acts,
      Rows<WorkRow> table) {}

  static WorkList of(
      WorkState state,
      List<WorkRow> rows,
      @Nullable String common,
      boolean mixed,
      boolean steers,
      Pager pager) {
    List<Group> one =
        rows.isEmpty()
            ? List.of()
            : List.of(new Group(null, null, null, ActButton.Menu.NONE, new Rows<>(rows)));
    return new WorkList(state, new Rows<>(one), common, mixed, steers, pager, null);
  }

  /** With boxes, if it has rows and the visitor may act. */
  WorkList selecting(Visit visit, String back, List<Field> list, String all) {
    ActButton.Menu verbs = verbs(visit.links());
    boolean acts = groups.any() && visit.may(VisitorRole.OPERATOR) && !verbs.first().isEmpty();
    return acts
        ? new WorkList(
            state, groups, common, mixed, steers, pager, new Selecting(verbs, back, list, all))
        : this;
  }

  private ActButton.Menu verbs(Links links) {
    List<ActButton> verbs =
        switch (state) {
          case RUNNING ->
              List.of(
                  form("Message", SelectedVerb.SEND, links),
                  harm("Return to the queue", SelectedVerb.RETURN, links),
                  harm("Stop", SelectedVerb.STOP, links));
          case WAITING, PARKED, LATER, RETURNED ->
              List.of(
                  form("Priority", SelectedVerb.REPRIORITISE, links),
                  form("Message", SelectedVerb.SEND, links),
                  harm("Cancel", SelectedVerb.CANCEL, links));
          case DEAD ->
              List.of(
                  form("Requeue", SelectedVerb.REQUEUE, links),
                  harm("Discard", SelectedVerb.DISCARD, links));
          case STOPPING, ENDED -> List.of();
        };
    return ActButton.menu(verbs);
  }

  private static ActButton form(String label, SelectedVerb verb, Links links) {
    return ActButton.form(label, links.selected(verb.wire()));
  }

  private static ActButton harm(String label, SelectedVerb verb, Links links) {
    return ActButton.harm(label, links.selected(verb.wire()));
  }

  public boolean waits() {
    return state.waits();
  }

  public boolean claimed() {
    return state.claimed();
  }

  public String note() {
    return state.note();
  }
}
