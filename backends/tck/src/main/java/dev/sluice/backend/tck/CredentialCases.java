package dev.sluice.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Credentials;
import dev.sluice.backend.Key;
import dev.sluice.backend.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys and the signing secret. They belong to the store, so other tests may have left some. */
abstract class CredentialCases extends Fixture {

  CredentialCases(Opener opener) {
    super(opener);
  }

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

  private Credentials credentials() {
    return store().backend().credentials();
  }

  private Key key(String id) {
    return new Key(id, org, Key.Type.USER, "name", Set.of(Scope.WORK_WRITE), List.of());
  }
}
