package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.webhooks.StoredWebhook;
import dev.sluice.backend.webhooks.Webhooks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class WebhookCases extends Fixture {

  private static final String TEXT = "{\"url\":\"https://h\u00f6r.example/ \ud83d\udd11\"}\n 1 2 ";

  private Webhooks webhooks() {
    return backend().webhooks();
  }

  private StoredWebhook stored(String id) {
    return webhooks().find(org, id).orElseThrow();
  }

  @Test
  void a_webhook_is_found_as_it_was_stored() {
    assertThat(webhooks().add(org, "wh_1", TEXT)).isTrue();

    assertThat(webhooks().find(org, "wh_1")).contains(new StoredWebhook("wh_1", 1, TEXT));
    assertThat(webhooks().list(org)).containsExactly(stored("wh_1"));
    assertThat(webhooks().orgs()).contains(org);
    assertThat(backend().upkeep().orgs()).contains(org);
  }

  @Test
  void an_org_has_its_own_webhooks() {
    webhooks().add(org, "wh_1", TEXT);
    String other = newOrg();
    webhooks().add(other, "wh_1", "of the other");

    assertThat(stored("wh_1").text()).isEqualTo(TEXT);
    assertThat(webhooks().remove(other, "wh_1")).isTrue();
    assertThat(webhooks().list(other)).isEmpty();
    assertThat(webhooks().list(org)).hasSize(1);
    assertThat(webhooks().list(newOrg())).isEmpty();
    assertThat(webhooks().find(newOrg(), "wh_1")).isEmpty();
  }

  @Test
  void webhooks_are_listed_by_their_ids() {
    for (String id : List.of("wh_b", "wh_a", "wh_B")) {
      webhooks().add(org, id, id);
    }

    assertThat(webhooks().list(org))
        .extracting(StoredWebhook::id)
        .containsExactly("wh_B", "wh_a", "wh_b");
  }

  @Test
  void an_id_is_taken_once() {
    webhooks().add(org, "wh_1", TEXT);

    assertThat(webhooks().add(org, "wh_1", "other")).isFalse();

    assertThat(stored("wh_1")).isEqualTo(new StoredWebhook("wh_1", 1, TEXT));
  }

  @Test
  void each_change_has_the_next_version() {
    webhooks().add(org, "wh_1", TEXT);

    assertThat(webhooks().replace(org, stored("wh_1"), "second")).isTrue();
    assertThat(webhooks().replace(org, stored("wh_1"), "")).isTrue();

    assertThat(stored("wh_1")).isEqualTo(new StoredWebhook("wh_1", 3, ""));
  }

  @Test
  void a_change_of_an_earlier_version_is_none() {
    webhooks().add(org, "wh_1", TEXT);
    StoredWebhook first = stored("wh_1");
    webhooks().replace(org, first, "second");

    assertThat(webhooks().replace(org, first, "late")).isFalse();

    assertThat(stored("wh_1").text()).isEqualTo("second");
  }

  @Test
  void a_removed_webhook_stays_away() {
    webhooks().add(org, "wh_1", TEXT);
    StoredWebhook before = stored("wh_1");

    assertThat(webhooks().remove(org, "wh_1")).isTrue();
    assertThat(webhooks().remove(org, "wh_1")).isFalse();
    assertThat(webhooks().replace(org, before, "late")).isFalse();

    assertThat(webhooks().find(org, "wh_1")).isEmpty();
    assertThat(webhooks().list(org)).isEmpty();
  }

  @Test
  void an_unknown_webhook_is_neither_changed_nor_removed() {
    assertThat(webhooks().replace(org, new StoredWebhook("wh_1", 1, TEXT), "late")).isFalse();
    assertThat(webhooks().remove(org, "wh_1")).isFalse();
    assertThat(webhooks().list(org)).isEmpty();
  }

  @Test
  void of_many_changes_at_once_each_is_made_once() {
    webhooks().add(org, "wh_1", "0");

    Together.all(
        8,
        caller -> {
          StoredWebhook before;
          do {
            before = stored("wh_1");
          } while (!webhooks()
              .replace(org, before, Integer.toString(Integer.parseInt(before.text()) + 1)));
          return before;
        });

    assertThat(stored("wh_1")).isEqualTo(new StoredWebhook("wh_1", 9, "8"));
  }

  @Test
  void an_org_has_at_most_twenty() {
    List<Boolean> added =
        Together.all(8, caller -> IntStream.range(0, 4).allMatch(n -> add(caller, n)));

    assertThat(added).contains(false);
    assertThat(webhooks().list(org)).hasSize(Webhooks.MAX);
    assertThat(webhooks().add(org, "wh_more", TEXT)).isFalse();
    assertThat(webhooks().find(org, "wh_more")).isEmpty();

    webhooks().remove(org, webhooks().list(org).get(3).id());
    assertThat(webhooks().add(org, "wh_more", TEXT)).isTrue();
  }

  private boolean add(int caller, int number) {
    return webhooks().add(org, "wh_" + caller + "_" + number, TEXT);
  }

  @Test
  void a_closed_org_keeps_its_webhooks_and_their_changes() {
    webhooks().add(org, "wh_1", TEXT);
    transfers().close(org, new NewClosure("c", Closure.Purpose.EXPORT, "", 0, null, ""), null);

    assertThat(webhooks().replace(org, stored("wh_1"), "second")).isTrue();
    assertThat(stored("wh_1").text()).isEqualTo("second");
  }
}
