package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Session;
import dev.sluice.backend.hazelcast.operation.SessionView;
import dev.sluice.backend.hazelcast.state.SessionRecord;

/** Sessions with the JSON they were enqueued with, which is in a map of its own. */
final class Items {

  /** Stands for an item that is not there; what became of its session says so. */
  private static final String MISSING = "{}";

  private final Blobs blobs;

  Items(Blobs blobs) {
    this.blobs = blobs;
  }

  Session show(String org, SessionView view) {
    SessionRecord session = view.session();
    String item = blobs.fetch(new Blobs.Ref(org, session.id(), session.payload()));
    return session.show(view.position(), item == null ? MISSING : item);
  }
}
