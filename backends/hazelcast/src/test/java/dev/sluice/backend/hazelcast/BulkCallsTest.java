package dev.sluice.backend.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import dev.sluice.backend.engine.tables.StoreTable;
import dev.sluice.backend.engine.wire.Layouts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls for more keys than {@link HazelcastByteMap} makes one by one; one member is killed. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BulkCallsTest {

  private static final int KEYS = 1_500;

  private HazelcastInstance first;
  private SecondMember second;
  private HazelcastByteMap map;

  @BeforeEach
  void startMembers() throws Exception {
    first = SecondMember.first();
    second = SecondMember.beside(first);
    map = new HazelcastByteMap(new HazelcastMember(first, OptionalLong::empty), StoreTable.ITEMS);
  }

  @AfterEach
  void stopMembers() {
    second.close();
    first.getLifecycleService().terminate();
  }

  /** A call for each key in a cluster with members that don't know {@link BulkChange}. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void values_are_on_both_members(boolean newestLayout) {
    if (newestLayout) {
      MemberLayout.of(first).note(Layouts.OF_THIS_BUILD.newest());
    }
    map.setAll(values(0, KEYS, "set"));
    Map<String, byte[]> present =
        map.putAllIfAbsentUnsynced(values(KEYS - 100, 2 * KEYS, "absent"));
    assertThat(texts(present)).isEqualTo(texts(values(KEYS - 100, KEYS, "set")));
    map.put("key-3", "changed".getBytes(UTF_8));

    Set<String> changed = map.removeAllIf(values(0, KEYS - 200, "set"));
    map.deleteAll(values(2 * KEYS - 1_200, 2 * KEYS, "").keySet());

    assertThat(changed).containsExactly("key-3");
    Map<String, String> left = texts(values(KEYS - 200, KEYS, "set"));
    left.putAll(texts(values(KEYS, 2 * KEYS - 1_200, "absent")));
    left.put("key-3", "changed");
    Set<String> all = new HashSet<>(values(0, 2 * KEYS, "").keySet());
    assertThat(texts(map.getAll(all))).isEqualTo(left);
    map.setAll(values(0, KEYS, "last"));
    second.kill();
    SecondMember.awaitAlone(first);
    left.putAll(texts(values(0, KEYS, "last")));
    assertThat(texts(map.getAll(all))).as("from the copies").isEqualTo(left);
  }

  private static Map<String, byte[]> values(int from, int to, String text) {
    Map<String, byte[]> values = new HashMap<>();
    for (int i = from; i < to; i++) {
      values.put("key-" + i, text.getBytes(UTF_8));
    }
    return values;
  }

  private static Map<String, String> texts(Map<String, byte[]> values) {
    Map<String, String> texts = new HashMap<>();
    values.forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
    return texts;
  }
}
