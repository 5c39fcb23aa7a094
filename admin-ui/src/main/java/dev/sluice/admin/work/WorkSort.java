package dev.sluice.admin.work;

import dev.sluice.backend.sessions.Claim;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Orders of running work; other work has the order of its list. */
enum WorkSort {
  AGE("Claimed", "longest claimed first", Comparator.comparingLong(Claim::claimedAtMs)),
  COST("Cost", "most expensive first", Comparator.comparingLong(Claim::costMicroUsd).reversed()),
  PRIORITY("Prio", "priority 1 first", Comparator.comparingInt(Claim::priority)),
  SEEN("Last seen", "longest silent first", Comparator.comparingLong(Claim::lastSignMs));

  private final String column;
  private final String means;
  private final Comparator<Claim> order;

  WorkSort(String column, String means, Comparator<Claim> order) {
    this.column = column;
    this.means = means;
    this.order = order;
  }

  static Optional<WorkSort> of(String word) {
    return Stream.of(values()).filter(sort -> sort.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The heading of its column. */
  String column() {
    return column;
  }

  String means() {
    return means;
  }

  /** Ties by id, so that pages don't overlap. */
  Comparator<Claim> order() {
    return order.thenComparing(Claim::id);
  }
}
