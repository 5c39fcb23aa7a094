package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.Message;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.inbox.NewMessage;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.stops.StopMessage;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.SessionAssert;
import dev.sluice.backend.work.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All ids are names inside an org. */
abstract class OrgCases extends Fixture {

  private final String neighbour = newOrg();

  @Test
  void the_same_ids_name_other_sessions_in_another_org() {
    enqueue(work("a").priority(2));
    List<Enqueued> there = queue().enqueue(neighbour, List.of(work("a").content("other").build()));

    assertThat(there).containsExactly(pending("a", 1));
    stopThere("a");

    assertSession("a").isReady().hasPosition(1);
    assertThat(counts().ready()).isEqualTo(1);
    assertThat(queue().counts(neighbour).waiting()).isZero();
  }

  @Test
  void work_is_handed_out_inside_its_org() {
    KitWorker there = neighbourWorker("w").register();
    KitWorker here = worker().named("w").register();
    enqueue(work("a"));

    assertThat(there.take(5)).isEmpty();
    assertThat(here.take(5)).containsExactly("a");
    assertThat(there.activeSessions()).isEmpty();
  }

  @Test
  void a_worker_is_known_in_its_org_only() {
    KitWorker here = worker().named("w").register();
    KitWorker there = neighbourWorker("w");
    claim(here, work("a"));

    refusal(Refusal.UNKNOWN_WORKER, there::beat);
    refusal(Refusal.UNKNOWN_WORKER, () -> there.take(5));
    refusal(Refusal.UNKNOWN_WORKER, there::deregister);
    there.register();
    refusal(Refusal.UNKNOWN_SESSION, () -> there.start("a"));
    refusal(Refusal.UNKNOWN_SESSION, () -> there.nack("a"));
    there.deregister();
    assertSession("a").isClaimedBy(here);
  }

  @Test
  void sessions_and_messages_are_found_in_their_org_only() {
    enqueue(work("a"));
    Message message = send("a", MessageType.NUDGE, "hello");

    refusal(Refusal.UNKNOWN_SESSION, () -> sessions().find(neighbour, "a"));
    refusal(Refusal.UNKNOWN_SESSION, () -> stopThere("a"));
    refusal(
        Refusal.UNKNOWN_SESSION,
        () ->
            inboxes()
                .send(
                    neighbour,
                    "a",
                    new NewMessage(MessageType.NUDGE, Lane.NORMAL, "hello", null, null),
                    BY));
    refusal(
        Refusal.UNKNOWN_SESSION,
        () -> inboxes().ack(neighbour, "a", message.id(), message.lane(), null));
    assertThat(ackForOrg(message)).isTrue();
  }

  @Test
  void silence_in_one_org_is_none_in_another() {
    KitWorker here = worker().named("w").register();
    KitWorker there = neighbourWorker("w").register();
    claim(here, work("a"));
    here.start("a");
    queue().enqueue(neighbour, List.of(work("a").build()));
    there.claim("a");
    there.start("a");

    passBeating(LEASE, here);

    assertSession("a").isRunningOn(here);
    new SessionAssert(sessions().find(neighbour, "a")).isReady().hasAttempts(1);
  }

  @Test
  void each_org_has_sets_of_required_capabilities_of_its_own() {
    for (int n = 0; n < RULES.maxCapabilitySets(); n++) {
      enqueue(work("a-" + n).needs("capability-" + n));
    }

    assertThat(queue().enqueue(neighbour, List.of(work("a").needs("other").build())))
        .extracting(Enqueued::refusal)
        .containsOnlyNulls();
  }

  @Test
  void orgs_whose_names_begin_alike_are_kept_apart() {
    String longer = org.substring(0, org.length() - 1);
    enqueue(work("a"));

    refusal(Refusal.UNKNOWN_SESSION, () -> sessions().find(longer, "a"));
    assertThat(queue().counts(longer).ready()).isZero();
  }

  private KitWorker neighbourWorker(String id) {
    return workerOf(neighbour).named(id);
  }

  private void stopThere(String id) {
    sessions().stop(neighbour, id, new StopMessage("", null, null), Place.ANY, BY);
  }
}
