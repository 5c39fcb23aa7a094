package dev.sluice.admin.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an act.
 *
 * @param title what will be done to what
 * @param action where it is posted
 * @param submit what its button says
 * @param back where whoever doesn't want it goes
 * @param harmful whether something is taken away that can't be given back
 * @param says what will happen, a sentence each
 * @param things what it will happen to, where these are several; empty if not
 * @param fields what is to be filled in
 * @param curl how the API does the same
 * @param problem why it couldn't be done; null before it was tried
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
   * One of several things that an act will happen to.
   *
   * @param ref its name; null in a last row that says how many more there are
   * @param note what becomes of it; null where the form says that of all
   */
  public record Thing(@Nullable Ref ref, @Nullable String note) {}

  public ActForm {
    says = List.copyOf(says);
    fields = List.copyOf(fields);
  }

  /** One that asks for nothing and says nothing yet. */
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

  /** The same, of an act that harms. */
  public ActForm harms() {
    return new ActForm(title, action, submit, back, true, says, things, fields, curl, problem);
  }

  /** The same, whose button says something else. */
  public ActForm submitting(String words) {
    return new ActForm(title, action, words, back, harmful, says, things, fields, curl, problem);
  }

  /** The same, which says so too. */
  public ActForm saying(String sentence) {
    return new ActForm(
        title, action, submit, back, harmful, with(says, sentence), things, fields, curl, problem);
  }

  /** The same, which lists what it will happen to. */
  public ActForm to(List<Ref> those) {
    return toEach(those.stream().map(ref -> new Thing(ref, null)).toList());
  }

  /** The same, which lists what it will happen to, each with what becomes of it. */
  public ActForm toEach(List<Thing> those) {
    return new ActForm(
        title, action, submit, back, harmful, says, new Rows<>(those), fields, curl, problem);
  }

  /** The same, which asks for that too. */
  public ActForm asking(Field field) {
    return new ActForm(
        title, action, submit, back, harmful, says, things, with(fields, field), curl, problem);
  }

  /** The same, with how the API does it. */
  public ActForm curl(CurlLine line) {
    return new ActForm(
        title, action, submit, back, harmful, says, things, fields, line.text(), problem);
  }

  /** The same, which leads back to that page, done or not. */
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

  /** The same, after a field held what it can't. */
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

  /** The same, after the contract refused. */
  public ActForm refused(String words) {
    return new ActForm(title, action, submit, back, harmful, says, things, fields, curl, words);
  }

  private static <T> List<T> with(List<T> some, T more) {
    List<T> all = new ArrayList<>(some);
    all.add(more);
    return all;
  }
}
