package dev.sluice.backend.tck.workers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.keys.Key;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Together;
import dev.sluice.backend.tck.WorkBuilder;
import dev.sluice.backend.workers.Worker;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "Revocation" and "Credentials". */
abstract class RevocationCases extends Fixture {

  /** Unique, since keys belong to the store. */
  private final String keyId = "key-" + UUID.randomUUID();

  // Keys

  @Test
  void a_revoked_key_is_found_no_more() {
    String hash = newHash();
    credentials().addKey(hash, key(keyId));

    assertThat(revoke(keyId)).isTrue();

    assertThat(credentials().findKey(hash)).isEmpty();
    assertThat(credentials().keys(org)).isEmpty();
  }

  @Test
  void a_revocation_may_be_repeated_and_that_of_no_key_answers_so() {
    String hash = newHash();
    credentials().addKey(hash, key(keyId));
    assertThat(revoke("key-nobody-has")).isFalse();
    revoke(keyId);

    revoke(keyId);

    assertThat(credentials().findKey(hash)).isEmpty();
  }

  @Test
  void a_key_is_revoked_for_good() {
    credentials().addKey(newHash(), key(keyId));
    revoke(keyId);
    String hash = newHash();

    credentials().addKey(hash, key(keyId));

    assertThat(credentials().findKey(hash)).isEmpty();
    assertThat(credentials().keys(org)).isEmpty();
  }

  @Test
  void all_hashes_of_the_key_are_gone() {
    List<String> hashes = List.of(newHash(), newHash());
    hashes.forEach(hash -> credentials().addKey(hash, key(keyId)));

    revoke(keyId);

    assertThat(hashes).allSatisfy(hash -> assertThat(credentials().findKey(hash)).isEmpty());
  }

  @Test
  void other_keys_stay_also_those_of_that_id_in_another_org() {
    String revoked = newHash();
    String other = newHash();
    String there = newHash();
    Key elsewhere = new Key(keyId, newOrg(), Key.Type.USER, "", Set.of(), List.of());
    credentials().addKey(revoked, key(keyId));
    credentials().addKey(other, key("other-" + keyId));
    credentials().addKey(there, elsewhere);

    revoke(keyId);

    assertThat(credentials().findKey(revoked)).isEmpty();
    assertThat(credentials().findKey(other)).contains(key("other-" + keyId));
    assertThat(credentials().findKey(there)).contains(elsewhere);
    assertThat(credentials().keys(org)).containsExactly(key("other-" + keyId));
    assertThat(credentials().keys(elsewhere.org())).containsExactly(elsewhere);
  }

  @Test
  void the_keys_of_an_org_are_listed_by_the_bytes_of_their_ids() {
    for (String id : List.of("\ud83d\ude80", "b", "\uff61", "a", "B")) {
      credentials().addKey(newHash(), key(id));
    }

    assertThat(credentials().keys(org))
        .extracting(Key::id)
        .containsExactly("B", "a", "b", "\uff61", "\ud83d\ude80");
    assertThat(credentials().keys(newOrg())).isEmpty();
  }

  @Test
  void the_keys_that_it_minted_go_with_it_and_theirs() {
    String child = newHash();
    String grandchild = newHash();
    String other = newHash();
    credentials().addKey(newHash(), key(keyId));
    credentials().addKey(grandchild, minted("grandchild-" + keyId, "child-" + keyId));
    credentials().addKey(child, minted("child-" + keyId, keyId));
    credentials().addKey(other, minted("other-" + keyId, "operator:kim"));
    KitWorker worker = worker().registeredBy("grandchild-" + keyId).register();

    assertThat(revoke(keyId)).isTrue();

    assertThat(credentials().findKey(child)).isEmpty();
    assertThat(credentials().findKey(grandchild)).isEmpty();
    assertThat(credentials().keys(org)).containsExactly(minted("other-" + keyId, "operator:kim"));
    refused(Refusal.UNKNOWN_WORKER, worker::beat);
    assertThat(worker.record().revoked()).isTrue();
  }

  @Test
  void a_child_that_is_revoked_leaves_its_parent() {
    String parent = newHash();
    credentials().addKey(parent, key(keyId));
    credentials().addKey(newHash(), minted("child-" + keyId, keyId));

    revoke("child-" + keyId);

    assertThat(credentials().findKey(parent)).contains(key(keyId));
    assertThat(credentials().keys(org)).containsExactly(key(keyId));
  }

  @Test
  void what_a_revoked_key_mints_late_is_not_found() {
    String hash = newHash();
    credentials().addKey(newHash(), key(keyId));
    revoke(keyId);

    credentials().addKey(hash, minted("late-" + keyId, keyId));

    assertThat(credentials().findKey(hash)).isEmpty();
    assertThat(credentials().keys(org)).isEmpty();
  }

  // Workers

  @Test
  void no_worker_registers_with_a_revoked_key() {
    KitWorker known = worker().registeredBy(keyId).register();
    KitWorker unknown = worker().registeredBy(keyId);

    revoke();

    refused(Refusal.REVOKED, unknown::register);
    refused(Refusal.REVOKED, known::register);
    refused(Refusal.UNKNOWN_WORKER, unknown::record);
  }

  @Test
  void another_key_does_not_take_over_the_record_of_a_revoked_worker() {
    KitWorker worker = worker().registeredBy(keyId).register();
    KitWorker again = worker().named(worker.id()).registeredBy("other-" + keyId);

    revoke();

    refused(Refusal.REVOKED, again::register);
    assertThat(worker.record().registration().registeredBy()).isEqualTo(keyId);
  }

  @Test
  void its_workers_are_unknown_to_their_own_calls() {
    KitWorker worker = worker().registeredBy(keyId).register();
    claim(worker, work("held"));
    enqueue(work("waiting"));

    revoke();

    for (KitWorker caller : List.of(worker, worker.by(keyId))) {
      refused(Refusal.UNKNOWN_WORKER, caller::beat);
      refused(Refusal.UNKNOWN_WORKER, () -> caller.take(5));
      refused(Refusal.UNKNOWN_WORKER, caller::read);
      refused(Refusal.UNKNOWN_WORKER, () -> caller.claimByName("waiting"));
      refused(Refusal.UNKNOWN_WORKER, () -> caller.claimByName("held"));
      refused(Refusal.UNKNOWN_WORKER, caller::deregister);
    }
    assertThat(worker().register().take(5)).containsExactly("waiting");
  }

  @Test
  void they_own_nothing_any_more() {
    KitWorker worker = worker().registeredBy(keyId).register();
    claim(worker, work("held"));
    claim(worker, work("ended"));
    worker.complete("ended");
    send("held", MessageType.NUDGE, "hello");

    revoke();

    for (KitWorker caller : List.of(worker, worker.by(keyId))) {
      for (String id : List.of("held", "ended")) {
        refused(Refusal.NOT_OWNER, () -> caller.start(id));
        refused(Refusal.NOT_OWNER, () -> caller.complete(id));
        refused(Refusal.NOT_OWNER, () -> caller.touch(id));
        refused(Refusal.NOT_OWNER, () -> caller.refresh(id));
        refused(Refusal.NOT_OWNER, () -> caller.tell(id, "t", "x"));
        refused(Refusal.NOT_OWNER, () -> caller.nack(id));
        refused(
            Refusal.NOT_OWNER, () -> inboxes().ack(org, id, "1-1", Lane.NORMAL, caller.holder()));
      }
    }
    assertSession("held").isClaimedBy(worker);
  }

  @Test
  void nothing_is_transferred_to_or_from_them() {
    KitWorker revoked = worker().registeredBy(keyId).register();
    claim(revoked, work("a"));
    claim(other, work("b"));

    revoke();

    refused(Refusal.UNKNOWN_WORKER, () -> revoked.takeOver("b", other));
    refused(Refusal.NOT_OWNER, () -> other.takeOver("a", revoked));
  }

  @Test
  void operators_still_find_list_and_drain_them() {
    KitWorker worker = worker().registeredBy(keyId).register();
    other.register();
    claim(worker, work("a"));
    assertThat(worker.record().revoked()).isFalse();

    revoke();

    Worker record = worker.record();
    assertThat(record.revoked()).isTrue();
    assertThat(record.activeSessions()).containsExactly("a");
    assertThat(other.record().revoked()).isFalse();
    assertThat(allWorkers()).containsExactlyInAnyOrder(record, other.record());
    assertThat(worker.drain().drained()).isTrue();
  }

  @Test
  void their_claims_return_by_their_leases_and_never_come_back_to_them() {
    KitWorker worker = worker().registeredBy(keyId).register();
    claim(worker, work("a"));
    worker.start("a");
    revoke();

    pass(LEASE.minus(MOMENT));
    assertSession("a").isRunningOn(worker);
    pass(MOMENT);

    assertSession("a").isReady().hasAttempts(1);
    refused(Refusal.NOT_OWNER, () -> worker.start("a"));
    refused(Refusal.NOT_OWNER, () -> worker.complete("a"));
    other.register();
    refused(Refusal.NOT_OWNER, () -> other.takeOver("a", worker));
    assertThat(other.take(5)).containsExactly("a");
  }

  @Test
  void what_they_were_stopping_is_released_by_time() {
    KitWorker worker = worker().registeredBy(keyId).register();
    claim(worker, work("a"));
    worker.start("a");
    stop("a");
    revoke();

    pass(LEASE);

    assertSession("a").isStopped().isOwnedBy(worker);
  }

  @Test
  void workers_of_other_keys_go_on() {
    worker().registeredBy(keyId).register();
    KitWorker other = worker().registeredBy("other-" + keyId).register();
    KitWorker there = workerOf(newOrg()).registeredBy(keyId).register();

    revoke();

    claim(other.by("other-" + keyId), work("a"));
    there.beat();
    there.register();
  }

  @Test
  void it_is_no_change_of_the_org() {
    KitWorker worker = worker().registeredBy(keyId).register();
    claim(worker, work("a"));
    credentials().addKey(newHash(), key(keyId));
    long before = seq();

    revoke(keyId);

    assertThat(seq()).isEqualTo(before);
  }

  @Test
  void of_a_poll_and_a_revocation_at_once_either_is_first() {
    credentials().addKey(newHash(), key(keyId));
    KitWorker worker = worker().registeredBy(keyId).register();
    enqueue(WorkBuilder.works("a-", 8));

    List<Boolean> known =
        Together.all(
            9,
            caller -> {
              if (caller == 4) {
                return revoke(keyId);
              }
              try {
                worker.take(1);
                return true;
              } catch (RefusedException e) {
                assertThat(e.refusal()).isEqualTo(Refusal.UNKNOWN_WORKER);
                return false;
              }
            });

    long polls = known.stream().filter(won -> won).count() - 1;
    assertThat(counts().claimed()).isEqualTo(polls);
    assertThat(worker.activeSessions()).hasSize((int) polls);
    refused(Refusal.UNKNOWN_WORKER, () -> worker.take(1));
  }

  private void revoke() {
    credentials().addKey(newHash(), key(keyId));
    assertThat(revoke(keyId)).isTrue();
  }

  private Key minted(String id, String by) {
    return new Key(id, org, Key.Type.USER, "name", Set.of(), List.of(), 1, null, by);
  }

  private Key key(String id) {
    return new Key(
        id,
        org,
        Key.Type.WORKER_REGISTRATION,
        "name",
        Set.of(Scope.WORKER_REGISTER),
        List.of("web"));
  }
}
