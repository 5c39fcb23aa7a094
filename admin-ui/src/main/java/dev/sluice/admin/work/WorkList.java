package dev.sluice.admin.work;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Pager;
import dev.sluice.admin.view.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of work in one state, for {@code part/work-list}.
 *
 * @param groups one without a title, except of dead letters
 * @param common reasons of all that wait on this page; null for none
 * @param steers true if rows have actions
 */
public record WorkList(
    WorkState state, Rows<Group> groups, @Nullable String common, boolean steers, Pager pager) {

  /**
   * @param error null for none
   * @param acts on the whole group, on all pages
   */
  public record Group(
      @Nullable String reason,
      @Nullable String error,
      @Nullable String count,
      List<ActButton> acts,
      Rows<WorkRow> table) {}

  static WorkList of(
      WorkState state, List<WorkRow> rows, @Nullable String common, boolean steers, Pager pager) {
    List<Group> one =
        rows.isEmpty()
            ? List.of()
            : List.of(new Group(null, null, null, List.of(), new Rows<>(rows)));
    return new WorkList(state, new Rows<>(one), common, steers, pager);
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
