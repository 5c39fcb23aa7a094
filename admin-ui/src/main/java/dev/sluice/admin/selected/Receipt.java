package dev.sluice.admin.selected;

import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.SessionName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of each item.
 *
 * @param tone of the summary
 * @param stop address of the confirmations; null unless sessions were stopped
 * @param activity address of its audit entries; null if they are not known
 * @param forms to go on, or to undo
 */
public record Receipt(
    String title,
    String tone,
    String summary,
    @Nullable String stop,
    @Nullable String activity,
    List<Form> forms,
    Rows<Group> groups,
    String back) {

  /**
   * @param others not named here; null if all are
   */
  public record Group(
      String words, String count, Rows<SessionName> names, @Nullable String others) {}

  public record Form(String says, String action, String submit, List<Field> fields) {}
}
