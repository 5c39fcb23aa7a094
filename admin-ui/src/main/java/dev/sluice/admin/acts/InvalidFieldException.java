package dev.sluice.admin.acts;

/** A field holds what it can't; the form is shown again and says so beside the field. */
public final class InvalidFieldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String words;

  /**
   * Of a field.
   *
   * @param field its name in the form
   * @param words what is wrong, to be put behind its label: "is required"
   */
  public InvalidFieldException(String field, String words) {
    super(field + " " + words, null, false, false); // an answer, not a failure
    this.field = field;
    this.words = words;
  }

  /** Its name in the form. */
  public String field() {
    return field;
  }

  /** What is wrong with it. */
  public String words() {
    return words;
  }
}
