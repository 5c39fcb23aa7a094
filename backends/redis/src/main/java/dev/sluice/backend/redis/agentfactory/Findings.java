package dev.sluice.backend.redis.agentfactory;

import static dev.sluice.backend.transfer.ForeignStore.Unmapped.IMPORTED;
import static dev.sluice.backend.transfer.ForeignStore.Unmapped.LEFT_OUT;

import dev.sluice.backend.transfer.ForeignStore.Unmapped;
import java.util.function.Consumer;

/** Lists what isn't mapped as it is. Reasons name members, never their values. */
final class Findings {

  private final Consumer<Unmapped> list;

  Findings(Consumer<Unmapped> list) {
    this.list = list;
  }

  /** Names a part of a key. */
  static String part(String key, String part) {
    return key + "[" + part + "]";
  }

  void leftOut(String key, String why) {
    list.accept(new Unmapped(key, LEFT_OUT + why));
  }

  void imported(String key, String how) {
    list.accept(new Unmapped(key, IMPORTED + how));
  }

  void gone(String key) {
    leftOut(key, "it has gone before it was read");
  }
}
