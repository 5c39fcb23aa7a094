package dev.sluice.backend.tck.workers;

import dev.sluice.backend.keys.EndedTokens;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Credentials belong to the store: other tests may have left some. */
abstract class CredentialCases extends Fixture {

  @Test
  void a_key_is_found_by_its_hash_as_it_was_stored() {
    String hash = newHash();
    Key key =
        new Key(
            "key-1",
            org,
            Key.Type.USER,
            "The producers' \"key\", \ud83d\udd11",
            EnumSet.allOf(Scope.class),
            List.of("web", "app"));

    assertThat(credentials().addKey(hash, key)).isTrue();

    assertThat(credentials().findKey(hash)).contains(key);
  }

  @Test
  void a_key_may_be_of_any_kind_and_allow_nothing() {
    String hash = newHash();
    Key key = new Key("key-1", org, Key.Type.WORKER_REGISTRATION, "", Set.of(), List.of());

    assertThat(credentials().addKey(hash, key)).isTrue();

    assertThat(credentials().findKey(hash)).contains(key);
  }

  @Test
  void an_unknown_hash_has_no_key() {
    assertThat(credentials().findKey(newHash())).isEmpty();
  }

  @Test
  void a_key_that_is_there_stays() {
    String hash = newHash();
    credentials().addKey(hash, key("first"));

    assertThat(credentials().addKey(hash, key("second"))).isFalse();

    assertThat(credentials().findKey(hash)).contains(key("first"));
  }

  @Test
  void of_many_keys_at_once_under_one_hash_one_is_stored() {
    String hash = newHash();

    List<Boolean> stored =
        Together.all(16, caller -> credentials().addKey(hash, key("key-" + caller)));

    assertThat(stored).filteredOn(won -> won).hasSize(1);
    assertThat(credentials().findKey(hash)).contains(key("key-" + stored.indexOf(true)));
  }

  @Test
  void of_many_first_starts_at_once_at_most_one_stores_its_keys() {
    List<String> hashes = Together.all(16, caller -> newHash());

    List<Boolean> stored =
        Together.all(
            16,
            caller -> credentials().addFirstKeys(Map.of(hashes.get(caller), key("key-" + caller))));

    assertThat(stored).filteredOn(won -> won).hasSizeLessThanOrEqualTo(1);
    for (int n = 0; n < hashes.size(); n++) {
      assertThat(credentials().findKey(hashes.get(n)).isPresent()).isEqualTo(stored.get(n));
    }
    assertThat(credentials().addFirstKeys(Map.of(newHash(), key("late")))).isFalse();
  }

  @Test
  void all_nodes_get_the_same_signing_secret() {
    List<String> secrets =
        Together.all(16, caller -> credentials().signingSecret("candidate-" + caller));

    assertThat(secrets).containsOnly(secrets.get(0));
    assertThat(credentials().signingSecret("late")).isEqualTo(secrets.get(0));
  }

  @Test
  void origin_and_expiry_of_a_key_are_kept() {
    String hash = newHash();
    Key key =
        new Key(
            "key-1", org, Key.Type.USER, "n", Set.of(), List.of(), 1_764_072_000_001L, 5L, "key-0");

    credentials().addKey(hash, key);

    assertThat(credentials().findKey(hash)).contains(key);
    assertThat(credentials().keys(org)).containsExactly(key);
    assertThat(key.expired(4)).isFalse();
    assertThat(key.expired(5)).isTrue();
  }

  @Test
  void expired_keys_are_found_until_they_are_revoked() {
    Key lasting = key("lasting");
    Key first = expiring("first", 1_764_072_000_001L);
    Key second = expiring("second", 1_764_072_000_002L);
    for (Key each : List.of(lasting, first, second)) {
      assertThat(credentials().addKey(newHash(), each)).isTrue();
    }

    assertThat(credentials().expired(1_764_072_000_000L)).doesNotContain(first, second);
    assertThat(credentials().expired(1_764_072_000_001L)).contains(first).doesNotContain(second);
    assertThat(credentials().expired(1_764_072_000_002L))
        .contains(first, second)
        .doesNotContain(lasting);
    revoke("first");
    assertThat(credentials().expired(1_764_072_000_002L)).contains(second).doesNotContain(first);
  }

  @Test
  void a_hash_that_is_taken_keeps_its_expiry() {
    String hash = newHash();
    Key first = expiring("first", 1_764_072_000_009L);
    credentials().addKey(hash, first);

    credentials().addKey(hash, expiring("first", 1_764_072_000_001L));

    assertThat(credentials().expired(1_764_072_000_001L)).doesNotContain(first);
    assertThat(credentials().expired(1_764_072_000_009L)).contains(first);
  }

  private Key expiring(String id, long expiresAt) {
    return new Key(id, org, Key.Type.USER, "n", Set.of(), List.of(), 1, expiresAt, "operator:kim");
  }

  @Test
  void the_last_use_of_a_key_is_kept_until_it_is_revoked() {
    credentials().addKey(newHash(), key("a"));
    credentials().addKey(newHash(), key("b"));
    assertThat(credentials().lastUses(org)).isEmpty();

    credentials().noteUse(org, "a", 5);
    credentials().noteUse(org, "a", 1_764_072_000_001L);

    assertThat(credentials().lastUses(org)).isEqualTo(Map.of("a", 1_764_072_000_001L));
    assertThat(credentials().lastUses(newOrg())).isEmpty();
    revoke("a");
    assertThat(credentials().lastUses(org)).isEmpty();
  }

  @Test
  void ended_tokens_are_told_to_all_until_they_expire() {
    EndedTokens first = new EndedTokens("session:" + org, 9, 10, 20, 1_000);
    EndedTokens second = new EndedTokens("worker:" + org + "/\ud83d\ude80", 9, 10, 20, 2_000);

    credentials().endTokens(first, 1);
    EndedTokens.Page page = all(0, 1);
    credentials().endTokens(second, 1);
    EndedTokens again = new EndedTokens(first.subject(), 10, 11, 21, 3_000);
    credentials().endTokens(again, 1);

    assertThat(page.ended()).contains(first);
    assertThat(all(page.next(), 1).ended()).contains(again, second).doesNotContain(first);
    assertThat(all(0, 2_000).ended()).contains(again).doesNotContain(second);
  }

  @Test
  void all_ended_tokens_are_found_page_by_page() {
    List<EndedTokens> ended =
        IntStream.range(0, 16 * 64)
            .mapToObj(n -> new EndedTokens("session:" + org + "-" + n, 0, n, n, 5_000))
            .toList();
    Together.all(
        16,
        caller -> {
          ended.subList(64 * caller, 64 * caller + 64).forEach(this::end);
          return caller;
        });

    assertThat(all(0, 1).ended()).containsAll(ended);
  }

  @Test
  void all_nodes_are_of_the_same_installation() {
    List<String> names =
        Together.all(16, caller -> credentials().installation("candidate-" + caller));

    assertThat(names).containsOnly(names.get(0));
    assertThat(credentials().installation("late")).isEqualTo(names.get(0));
  }

  private void end(EndedTokens ended) {
    credentials().endTokens(ended, 1);
  }

  private EndedTokens.Page all(long after, long now) {
    List<EndedTokens> ended = new ArrayList<>();
    EndedTokens.Page page = credentials().endedTokens(after, now);
    ended.addAll(page.ended());
    while (page.more()) {
      page = credentials().endedTokens(page.next(), now);
      ended.addAll(page.ended());
    }
    return new EndedTokens.Page(ended, page.next(), false);
  }

  private Key key(String id) {
    return new Key(id, org, Key.Type.USER, "name", Set.of(Scope.WORK_WRITE), List.of());
  }
}
