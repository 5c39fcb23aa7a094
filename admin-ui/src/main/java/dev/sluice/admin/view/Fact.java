package dev.sluice.admin.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record Fact(
    String label, @Nullable String text, @Nullable Ref ref, @Nullable TimeText time) {

  /** Leaves out null and empty values. */
  public static final class Facts {

    private final List<Fact> facts = new ArrayList<>();

    public Facts text(String label, @Nullable String text) {
      if (text != null && !text.isEmpty()) {
        facts.add(new Fact(label, text, null, null));
      }
      return this;
    }

    public Facts ref(String label, @Nullable Ref ref) {
      if (ref != null) {
        facts.add(new Fact(label, null, ref, null));
      }
      return this;
    }

    public Facts time(String label, @Nullable TimeText time) {
      if (time != null) {
        facts.add(new Fact(label, null, null, time));
      }
      return this;
    }

    public List<Fact> list() {
      return List.copyOf(facts);
    }
  }
}
