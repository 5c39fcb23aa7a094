package dev.sluice.service.api.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.control.KeyRing;
import dev.sluice.service.api.KeyBody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public final class KeyAnswers {

  private KeyAnswers() {}

  /**
   * @param secret only in the answer that mints it
   * @param projects empty means all
   * @param createdAt epoch ms; absent for keys of the environment
   * @param lastUsedAt epoch ms, accurate to the hour
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Info(
      String id,
      @Nullable String secret,
      String name,
      String type,
      List<String> scopes,
      List<String> projects,
      @Nullable Long createdAt,
      @Nullable Long expiresAt,
      @Nullable String mintedBy,
      @Nullable Long lastUsedAt) {

    static Info of(Key key, Map<String, Long> lastUses) {
      return of(key, null, lastUses.get(key.id()));
    }

    public static Info of(KeyRing.Minted made) {
      return of(made.key(), made.secret(), null);
    }

    private static Info of(Key key, @Nullable String secret, @Nullable Long lastUsedAt) {
      return new Info(
          key.id(),
          secret,
          key.name(),
          KeyBody.wire(key.type()),
          key.scopes().stream().sorted().map(Scope::wire).toList(),
          key.projects(),
          key.createdAt() == 0 ? null : key.createdAt(),
          key.expiresAt(),
          key.mintedBy(),
          lastUsedAt);
    }

    @Override
    public String toString() {
      return "Info[" + id + "]";
    }
  }

  public record KeyList(List<Info> keys) {

    public static KeyList of(List<Key> keys, Map<String, Long> lastUses) {
      return new KeyList(keys.stream().map(key -> Info.of(key, lastUses)).toList());
    }
  }

  public record Revoked(boolean revoked, String id) {}
}
