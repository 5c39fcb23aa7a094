package dev.sluice.admin.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyActsTest extends ActTest {

  @Test
  void aKeysSecretIsShownOnceOnThePageAfterItsForm() {
    PageAnswer minted =
        postAs(
            VisitorRole.ADMIN,
            "/admin/keys/mint",
            "name",
            "reports <b>",
            "scopes",
            "fleet:read",
            "scopes",
            "work:write",
            "projects",
            " docs \r\n\r\npayments");

    assertThat(minted.status()).isEqualTo(200);
    assertThat(minted.header("Cache-Control")).isEqualTo("no-store");
    String secret = minted.main().selectFirst("#secret").text();
    assertThat(secret).startsWith("rsk_live_");
    assertThat(minted.text()).contains("Key reports <b> minted", "not stored");
    Key key = keys().get(0);
    assertThat(key.name()).isEqualTo("reports <b>");
    assertThat(key.type()).isEqualTo(Key.Type.USER);
    assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.FLEET_READ, Scope.WORK_WRITE);
    assertThat(key.projects()).containsExactly("docs", "payments");
    assertThat(adminPage("/admin/keys").body()).contains(key.id()).doesNotContain("rsk_live_");
    assertThat(audit().get(0).verb()).isEqualTo("mint");
    assertThat(audit().toString()).doesNotContain("rsk_live_");
  }

  @Test
  void whatAKeyCannotBeIsSaidBesideTheField() {
    mintWrong("name", "Name is required", "name", "", "scopes", "fleet:read");
    mintWrong("name", "Name must be at most", "name", "n".repeat(300), "scopes", "fleet:read");
    mintWrong("scopes", "Scopes must be at least one", "name", "n");
    mintWrong("scopes", "Scopes must be from the list", "name", "n", "scopes", "all");
    mintWrong(
        "projects", "Projects must not", "name", "n", "scopes", "fleet:read", "projects", "a\tb");
    mintWrong("name", "revoke some first", "name", "one too many", "scopes", "fleet:read");
    assertThat(keys()).isEmpty();
  }

  private void mintWrong(String field, String words, String... fields) {
    PageAnswer answer = postAs(VisitorRole.ADMIN, "/admin/keys/mint", fields);

    assertThat(answer.status()).as(words).isEqualTo(400);
    assertThat(answer.text()).contains(words);
    assertThat(answer.main().select(".field.bad [name=" + field + "]")).as(field).isNotEmpty();
  }

  @Test
  void aWorkerIsAddedWithAKeyOfItsKindAndLinesToRun() {
    assertThat(adminPage("/admin").main().select("a[href=/admin/add-worker]")).hasSize(1);

    PageAnswer added = postAs(VisitorRole.ADMIN, "/admin/add-worker", "name", "rack 7");

    assertThat(added.status()).isEqualTo(200);
    String secret = added.main().selectFirst("#secret").text();
    assertThat(added.main().select("pre").eachText().get(0))
        .contains("SLUICE_URL=" + added.url(), "SLUICE_REGISTRATION_TOKEN=" + secret);
    assertThat(keys().get(0).type()).isEqualTo(Key.Type.WORKER_REGISTRATION);
    assertThat(keys().get(0).scopes()).containsExactly(Scope.WORKER_REGISTER);
    fleet.worker("w-1");
    assertThat(adminPage("/admin").main().select("a[href=/admin/add-worker]")).isEmpty();
    assertThat(adminPage("/admin/workers").main().select("a[href=/admin/add-worker]")).hasSize(1);
  }

  @Test
  void theNewKeysPageSaysWhenAWorkerHasRegisteredAndPolled() {
    PageAnswer added = postAs(VisitorRole.ADMIN, "/admin/add-worker", "name", "rack 7");
    String follow = added.main().select("#joined").attr("data-follow");
    assertThat(follow).isEqualTo("/admin/add-worker/" + keys().get(0).id());
    assertThat(added.main().select("a[href=" + follow + "]")).as("without script").hasSize(1);
    assertThat(joined(added)).isEqualTo("No worker has registered with this key yet.");
    assertThat(joined(adminPage(follow))).isEqualTo(joined(added));

    fleet.worker("elsewhere");
    fleet.workerOf(keys().get(0).id(), "w-1");
    assertThat(joined(adminPage(follow)))
        .isEqualTo("host-w-1 registered now. It has not polled for work yet. w-1");

    server.clock.jump(Duration.ofSeconds(30));
    fleet.poll("w-1", 1);
    assertThat(joined(adminPage(follow)))
        .isEqualTo("host-w-1 registered 30 s ago and polls for work, the last time now. w-1");
    assertThat(adminPage("/admin/keys").main().select("a[href=" + follow + "]")).hasSize(1);
    assertThat(page(follow).status()).isEqualTo(403);
    assertThat(adminPage("/admin/add-worker/none").status()).isEqualTo(404);
  }

  private static String joined(PageAnswer page) {
    return page.main().select("#joined").text();
  }

  @Test
  void aKeyIsRevokedAfterSayingWhoseWorkersItTakesAlong() {
    fleet.key("key-1", "rack 7");
    fleet.worker("w-1");

    PageAnswer form = adminPage("/admin/keys/key-1/revoke");
    assertThat(form.text()).contains("Revoke rack 7", "1 worker registered with it", "w-1");

    PageAnswer post = postAs(VisitorRole.ADMIN, "/admin/keys/key-1/revoke", "reason", "lost");
    assertThat(notice(after(post))).isEqualTo("Key rack 7 is revoked.");
    assertThat(keys()).isEmpty();
    assertThat(audit().get(0).verb()).isEqualTo("revoke");
    assertThat(audit().get(0).reason()).isEqualTo("lost");
    assertThat(postAs(VisitorRole.ADMIN, "/admin/keys/key-1/revoke").status()).isEqualTo(404);
    assertThat(adminPage("/admin/keys/key-1/revoke").status()).isEqualTo(404);
  }

  @Test
  void theKeysThatAKeyMintedAreNamedBeforeTheyGoWithIt() {
    fleet.key("key-1", "rack 7");
    fleet.minted("key-2", "key-1", null);
    fleet.minted("key-3", "key-2", null);
    fleet.minted("key-4", "operator:kim", null);

    assertThat(adminPage("/admin/keys/key-4/revoke").text())
        .contains("It has minted no other key.");
    assertThat(adminPage("/admin/keys/key-1/revoke").text())
        .contains("2 keys minted with it are revoked too: of key-1 (key-2), of key-2 (key-3).");
    assertThat(notice(after(postAs(VisitorRole.ADMIN, "/admin/keys/key-1/revoke"))))
        .isEqualTo("Key rack 7 is revoked, and 2 keys minted with it.");
    assertThat(keys()).extracting(Key::id).containsExactly("key-4");
  }

  @Test
  void aKeyMayExpireAfterAWhileOrAtATime() {
    long now = server.clock.now();
    postAs(VisitorRole.ADMIN, "/admin/add-worker", "name", "a", "expires", "30d");
    assertThat(keys().get(0).expiresAt()).isBetween(now, now + 31L * 86_400_000);
    PageAnswer minted =
        postAs(
            VisitorRole.ADMIN,
            "/admin/keys/mint",
            "name",
            "b",
            "scopes",
            "fleet:read",
            "expires",
            "2999-12-24 18:00");
    assertThat(minted.text()).contains("Expires at 2999-12-24 18:00:00");
    assertThat(keys()).extracting(Key::expiresAt).contains(32_503_053_600_000L);
    for (String wrong : List.of("0d", "30", "soon", "999999d", "-1h")) {
      mintWrong(
          "expires",
          "or a duration like 30d or 12h",
          "name",
          "n",
          "scopes",
          "fleet:read",
          "expires",
          wrong);
    }
    mintWrong(
        "expires",
        "Expires must be in the future",
        "name",
        "n",
        "scopes",
        "fleet:read",
        "expires",
        "2020-01-01 00:00");
    assertThat(keys()).hasSize(2);
  }

  @Test
  void theyAreForAdmins() {
    fleet.key("key-1", "rack 7");
    for (String path :
        List.of("/admin/keys/mint", "/admin/add-worker", "/admin/keys/key-1/revoke")) {
      assertThat(form(path).status()).as(path).isEqualTo(403);
      assertThat(post(path, "name", "n", "scopes", "fleet:read").status()).isEqualTo(403);
    }
    assertThat(keys()).hasSize(1);
    assertThat(page("/admin/workers").main().select("a[href=/admin/add-worker]")).isEmpty();
  }

  private List<Key> keys() {
    return server.store.there().credentials().keys(fleet.org);
  }
}
