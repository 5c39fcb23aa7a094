package dev.sluice.admin.work;

import dev.sluice.admin.view.ActButton;
import dev.sluice.admin.view.Field;
import dev.sluice.admin.view.Ref;
import dev.sluice.admin.view.Rows;
import dev.sluice.admin.view.Tab;
import dev.sluice.admin.view.TimeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param action of the forms
 * @param org in the address; null for the visitor's own
 * @param acts on all dead letters
 * @param search null without a search
 * @param kept filters that a search keeps
 * @param scope what the search looked at; null without one
 * @param tabs by state
 * @param choices null for none
 * @param sorts null unless claimed
 * @param projects to choose from; null unless waiting work of none is asked for
 * @param list null without a project to list
 * @param count of matching work; null if unknown
 * @param asOf of the snapshot; null for work read now
 */
public record WorkView(
    String title,
    String action,
    @Nullable String org,
    ActButton.Menu acts,
    @Nullable String search,
    List<Field> kept,
    @Nullable String scope,
    Rows<Search.Hit> hits,
    List<String> dropped,
    List<Tab> tabs,
    @Nullable Choices choices,
    @Nullable Sorts sorts,
    Rows<Chip> chips,
    List<Field> hidden,
    List<Field> filters,
    @Nullable Projects projects,
    @Nullable WorkList list,
    @Nullable String count,
    @Nullable TimeText asOf) {

  /**
   * @param filter whose values they are
   */
  public record Choices(String filter, List<Tab> choices) {}

  /** Columns that sort the list. */
  public record Sorts(Sort age, Sort cost, Sort priority, Sort seen) {}

  /**
   * @param direction a value of {@code aria-sort}
   * @param number true for a column of numbers
   */
  public record Sort(
      String column,
      String means,
      String link,
      boolean current,
      String direction,
      boolean number) {}

  /**
   * @param link the list without it
   */
  public record Chip(String label, String value, String link) {}

  public record Projects(Rows<Project> of) {}

  public record Project(Ref ref, String count) {}
}
