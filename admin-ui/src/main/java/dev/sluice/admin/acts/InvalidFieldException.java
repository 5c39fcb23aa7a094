package dev.sluice.admin.acts;

/** An invalid field; the form is shown again. */
public final class InvalidFieldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String words;

  /**
   * @param words follow the label: "is required"
   */
  public InvalidFieldException(String field, String words) {
    super(field + " " + words, null, false, false); // an answer, not a failure
    this.field = field;
    this.words = words;
  }

  public String field() {
    return field;
  }

  public String words() {
    return words;
  }
}
