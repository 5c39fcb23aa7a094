package dev.sluice.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.Key;
import dev.sluice.backend.Scope;
import dev.sluice.control.KeyRing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers about keys. */
public final class KeyAnswers {

  private KeyAnswers() {}

  /**
   * A key.
   *
   * @param secret in the answer that mints it, and never again
   * @param projects what its workers may register for; empty means all
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Info(
      String id,
      @Nullable String secret,
      String name,
      String type,
      List<String> scopes,
      List<String> projects) {

    /** One that is kept. */
    public static Info of(Key key) {
      return of(key, null);
    }

    /** One just made. */
    public static Info of(KeyRing.Minted made) {
      return of(made.key(), made.secret());
    }

    private static Info of(Key key, @Nullable String secret) {
      return new Info(
          key.id(),
          secret,
          key.name(),
          KeyBody.wire(key.type()),
          key.scopes().stream().sorted().map(Scope::wire).toList(),
          key.projects());
    }

    /** Never the secret. */
    @Override
    public String toString() {
      return "Info[" + id + "]";
    }
  }

  /** All keys of an org. */
  public record KeyList(List<Info> keys) {

    public static KeyList of(List<Key> keys) {
      return new KeyList(keys.stream().map(Info::of).toList());
    }
  }

  /** A key that opens nothing from now on. */
  public record Revoked(boolean revoked, String id) {}
}
