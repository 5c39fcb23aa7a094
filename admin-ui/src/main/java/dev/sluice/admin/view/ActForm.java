package dev.sluice.admin.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an act.
 *
 * @param back where "Back" leads
 * @param says consequences, one sentence each
 * @param things affected objects
 * @param curl the API call that does the same
 * @param problem null before the first try
 */
public record ActForm(
    String title,
    String action,
    String submit,
    String back,
    boolean harmful,
    List<String> says,
    Rows<Thing> things,
    List<Field> fields,
    @Nullable String curl,
    @Nullable String problem) {

  /**
   * @param ref null in the last row, which counts the rest
   * @param note its fate if that differs
   */
  public record Thing(@Nullable Ref ref, @Nullable String note) {}

  public ActForm {
    says = List.copyOf(says);
    fields = List.copyOf(fields);
  }

  public static ActForm of(String title, String action, String submit, String back) {
    return new ActForm(
        title,
        action,
        submit,
        back,
        false,
        List.of(),
        new Rows<>(List.of()),
        List.of(),
        null,
        null);
  }

  public ActForm harms() {
    return new ActForm(title, action, submit, back, true, says, things, fields, curl, problem);
  }

  public ActForm submitting(String words) {
    return new ActForm(title, action, words, back, harmful, says, things, fields, curl, problem);
  }

  public ActForm saying(String sentence) {
    return new ActForm(
        title, action, submit, back, harmful, with(says, sentence), things, fields, curl, problem);
  }

  public ActForm to(List<Ref> those) {
    return toEach(those.stream().map(ref -> new Thing(ref, null)).toList());
  }

  public ActForm toEach(List<Thing> those) {
    return new ActForm(
        title, action, submit, back, harmful, says, new Rows<>(those), fields, curl, problem);
  }

  public ActForm asking(Field field) {
    return new ActForm(
        title, action, submit, back, harmful, says, things, with(fields, field), curl, problem);
  }

  public ActForm curl(CurlLine line) {
    return new ActForm(
        title, action, submit, back, harmful, says, things, fields, line.text(), problem);
  }

  public ActForm returning(String page) {
    return new ActForm(
        title,
        action,
        submit,
        page,
        harmful,
        says,
        things,
        with(fields, Field.hidden("back", page)),
        curl,
        problem);
  }

  public ActForm wrong(String field, String words) {
    List<Field> marked =
        fields.stream().map(each -> each.name().equals(field) ? each.wrong(words) : each).toList();
    String label =
        fields.stream()
            .filter(each -> each.name().equals(field))
            .map(Field::label)
            .findFirst()
            .orElse(field);
    return new ActForm(
        title,
        action,
        submit,
        back,
        harmful,
        says,
        things,
        marked,
        curl,
        "Nothing was changed: " + label + " " + words + ".");
  }

  public ActForm refused(String words) {
    return new ActForm(title, action, submit, back, harmful, says, things, fields, curl, words);
  }

  private static <T> List<T> with(List<T> some, T more) {
    List<T> all = new ArrayList<>(some);
    all.add(more);
    return all;
  }
}
