package dev.sluice.backend.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RankedSetTest {

  private record Pair(long number, String id) {}

  private final RankedSet set = new RankedSet();
  private final TreeSet<Pair> expected =
      new TreeSet<>(
          Comparator.comparingLong(Pair::number).thenComparing(Pair::id, Names::compareBytes));

  @Test
  void an_empty_set_has_no_pairs() {
    assertThat(set.isEmpty()).isTrue();
    assertThat(set.remove(1, "a")).isFalse();
    assertThat(set.contains(1, "a")).isFalse();
    assertThat(set.rank(1, "a", 10)).isZero();
    assertThat(pairs()).isEmpty();
  }

  @Test
  void ties_are_broken_by_utf8_bytes() {
    set.add(1, "\uFFFD");
    set.add(1, "\uD83D\uDE00"); // after the others in UTF-8, before U+FFFD in UTF-16
    set.add(1, "b");

    assertThat(pairs()).extracting(Pair::id).containsExactly("b", "\uFFFD", "\uD83D\uDE00");
  }

  @Test
  void a_pair_is_stored_once() {
    assertThat(set.add(1, "a")).isTrue();
    assertThat(set.add(1, "a")).isFalse();
    assertThat(set.size()).isEqualTo(1);
  }

  /** Few numbers make many ties; many removals empty and merge chunks. */
  @ParameterizedTest
  @CsvSource({"1000000, 30", "1000000, 55", "50, 45", "1, 40", "100000, 70"})
  void behaves_like_a_tree_set(int numbers, int removalsInHundred) {
    Random random = new Random(numbers + removalsInHundred);
    for (int phase = 0; phase < 4; phase++) {
      int removals = phase % 2 == 0 ? removalsInHundred : 100 - removalsInHundred;
      for (int i = 0; i < 10_000; i++) {
        change(random, numbers, removals);
      }
      assertSame(random, numbers);
    }
  }

  @Test
  void a_moving_queue_stays_correct() {
    for (int i = 0; i < 20_000; i++) {
      add(new Pair(i, "s-" + i));
    }
    Random random = new Random(7);
    for (int i = 20_000; i < 60_000; i++) {
      add(new Pair(i, "s-" + i));
      Pair first = expected.first();
      assertThat(set.firstNumber()).isEqualTo(first.number());
      assertThat(set.firstId()).isEqualTo(first.id());
      remove(first);
    }
    assertSame(random, 60_000);
    while (!expected.isEmpty()) {
      remove(expected.pollLast());
    }
    assertThat(set.isEmpty()).isTrue();
    assertThat(pairs()).isEmpty();
  }

  @Test
  void rank_stops_at_the_limit() {
    for (int i = 0; i < 5_000; i++) {
      set.add(i, "s");
    }

    assertThat(set.rank(4_999, "s", 100)).isBetween(100, 100 + RankedSet.CHUNK);
    assertThat(set.rank(99, "s", 100)).isEqualTo(99);
  }

  @Test
  void a_visitor_can_stop() {
    for (int i = 0; i < 5_000; i++) {
      set.add(i, "s");
    }
    List<Long> seen = new ArrayList<>();

    set.visit(
        (number, id) -> {
          seen.add(number);
          return seen.size() < 3;
        });

    assertThat(seen).containsExactly(0L, 1L, 2L);
  }

  private void change(Random random, int numbers, int removals) {
    Pair pair = new Pair(random.nextInt(numbers), "id-" + random.nextInt(5_000));
    if (random.nextInt(100) >= removals) {
      add(pair);
    } else if (random.nextBoolean()) {
      remove(pair);
    } else {
      Pair near = random.nextBoolean() ? expected.ceiling(pair) : expected.pollFirst();
      if (near != null) {
        expected.add(near);
        remove(near);
      }
    }
  }

  private void add(Pair pair) {
    assertThat(set.add(pair.number(), pair.id())).isEqualTo(expected.add(pair));
  }

  private void remove(Pair pair) {
    expected.remove(pair);
    set.remove(pair.number(), pair.id());
    assertThat(set.contains(pair.number(), pair.id())).isFalse();
  }

  private void assertSame(Random random, int numbers) {
    List<Pair> sorted = new ArrayList<>(expected);
    assertThat(pairs()).isEqualTo(sorted);
    assertThat(set.size()).isEqualTo(sorted.size());
    for (int i = 0; i < 200; i++) {
      Pair any = new Pair(random.nextInt(numbers), "id-" + random.nextInt(5_000));
      assertThat(set.rank(any.number(), any.id(), Integer.MAX_VALUE))
          .isEqualTo(expected.headSet(any).size());
      assertThat(set.contains(any.number(), any.id())).isEqualTo(expected.contains(any));
      assertThat(three(visitor -> set.visitAfter(any.number(), any.id(), visitor)))
          .isEqualTo(expected.tailSet(any, false).stream().limit(3).toList());
      assertThat(three(visitor -> set.visitBefore(any.number(), any.id(), visitor)))
          .isEqualTo(expected.headSet(any, false).descendingSet().stream().limit(3).toList());
    }
    List<Pair> down = new ArrayList<>();
    set.visitDown((number, id) -> down.add(new Pair(number, id)));
    assertThat(down).isEqualTo(new ArrayList<>(expected.descendingSet()));
  }

  private static List<Pair> three(java.util.function.Consumer<RankedSet.Visitor> visit) {
    List<Pair> seen = new ArrayList<>();
    visit.accept(
        (number, id) -> {
          seen.add(new Pair(number, id));
          return seen.size() < 3;
        });
    return seen;
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    set.visit((number, id) -> pairs.add(new Pair(number, id)));
    return pairs;
  }
}
