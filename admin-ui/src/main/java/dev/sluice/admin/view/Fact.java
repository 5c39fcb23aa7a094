package dev.sluice.admin.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of what is known of a thing: a label, and one of a text, a reference or a time.
 *
 * @param label what it is
 * @param text as a text
 * @param ref as a name to copy or to follow
 * @param time as a moment
 */
public record Fact(
    String label, @Nullable String text, @Nullable Ref ref, @Nullable TimeText time) {

  /** Collects facts; what isn't known is left out. */
  public static final class Facts {

    private final List<Fact> facts = new ArrayList<>();

    /** A text; null or empty is not known. */
    public Facts text(String label, @Nullable String text) {
      if (text != null && !text.isEmpty()) {
        facts.add(new Fact(label, text, null, null));
      }
      return this;
    }

    /** A name; null is not known. */
    public Facts ref(String label, @Nullable Ref ref) {
      if (ref != null) {
        facts.add(new Fact(label, null, ref, null));
      }
      return this;
    }

    /** A moment; null is not known. */
    public Facts time(String label, @Nullable TimeText time) {
      if (time != null) {
        facts.add(new Fact(label, null, null, time));
      }
      return this;
    }

    /** All of them, in order. */
    public List<Fact> list() {
      return List.copyOf(facts);
    }
  }
}
