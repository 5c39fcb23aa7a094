package dev.sluice.admin.view;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Built step by step; the template reads its fields. */
public final class ActForm {

  private final String title;
  final String action;
  String submit;
  String back;
  boolean harmful;
  final List<String> says = new ArrayList<>();
  Rows<Thing> things = new Rows<>(List.of());
  final List<Field> fields = new ArrayList<>();
  @Nullable String curl;
  @Nullable String problem;

  /**
   * @param ref null in the last row, which counts the rest
   * @param note its fate if that differs
   */
  public record Thing(@Nullable Ref ref, @Nullable String note) {}

  private ActForm(String title, String action, String submit, String back) {
    this.title = title;
    this.action = action;
    this.submit = submit;
    this.back = back;
  }

  public static ActForm of(String title, String action, String submit, String back) {
    return new ActForm(title, action, submit, back);
  }

  public String title() {
    return title;
  }

  /** Marks an irreversible act. */
  public ActForm harms() {
    harmful = true;
    return this;
  }

  public ActForm submitting(String label) {
    submit = label;
    return this;
  }

  public ActForm saying(String sentence) {
    says.add(sentence);
    return this;
  }

  public ActForm to(List<Ref> objects) {
    return toEach(objects.stream().map(ref -> new Thing(ref, null)).toList());
  }

  public ActForm toEach(List<Thing> objects) {
    things = new Rows<>(objects);
    return this;
  }

  public ActForm asking(Field field) {
    fields.add(field);
    return this;
  }

  /** Adds the equivalent API call; see {@link CurlLine#of}. */
  public ActForm curl(URI server, String method, String path, @Nullable String json) {
    curl = CurlLine.of(server, method, path, json);
    return this;
  }

  /** Makes "Back" and the result lead to a page. */
  public ActForm returning(String page) {
    back = page;
    return asking(Field.hidden("back", page));
  }

  public ActForm wrong(String field, String words) {
    String label = field;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        label = fields.get(i).label();
        fields.set(i, fields.get(i).wrong(words));
      }
    }
    return refused("Nothing was changed: " + label + " " + words + ".");
  }

  public ActForm refused(String words) {
    problem = words;
    return this;
  }
}
