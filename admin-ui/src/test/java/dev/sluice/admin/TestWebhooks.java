package dev.sluice.admin;

import dev.sluice.control.Actor;
import dev.sluice.control.WebhookList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks that a test lists. */
public final class TestWebhooks implements WebhookList {

  private static final long AT = 1_795_705_652_296L;

  private static final List<Sent> SENT =
      List.of(
          new Sent(0, "webhook.test", "dead", "no address of hooks.example", AT, 1, 5, 0),
          new Sent(3, "session.ended", "retrying", "503", AT, 2, 12, AT + 300_000),
          new Sent(2, "session.ended", "delivered", "204", AT, 1, 7, 0));

  private final List<Webhook> all = new ArrayList<>();

  /** The outcome of the next test. */
  public Sent next = SENT.get(2);

  public void clear() {
    all.clear();
    next = SENT.get(2);
  }

  public void add(String id, String url) {
    add(id, url, null);
  }

  public void add(String id, String url, String disabled) {
    all.add(
        new Webhook(
            id,
            url,
            List.of("session.ended"),
            List.of(),
            Map.of(),
            "standard",
            "ann",
            AT,
            disabled,
            0,
            1,
            7,
            SENT));
  }

  @Override
  public List<Webhook> of(String org) {
    return List.copyOf(all);
  }

  @Override
  public Optional<Sent> sendTest(Actor actor, String id) {
    return Optional.of(next);
  }
}
