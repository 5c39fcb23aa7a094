package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.hazelcast.operation.FindNamed;
import dev.sluice.backend.hazelcast.operation.FindSession;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has a name: of the sessions that are stored, the one whose enqueue was first. A name is taken
 * before the entry knows the session. Where it was another's then, that one may come to nothing, or
 * be later, so it is looked at once more when the entry has decided.
 */
final class NamedItems {

  /** An item that the entry doesn't name comes after all that it does. */
  private static final long NEVER = Long.MAX_VALUE;

  private final OrgMap orgs;
  private final PublicNames names;

  NamedItems(OrgMap orgs, Outside outside) {
    this.orgs = orgs;
    this.names = outside.names();
  }

  /** Takes names for an item that the entry is about to name; answers those that others have. */
  List<String> take(Blobs.Ref item, List<String> wanted, long nowMs) {
    List<String> others = new ArrayList<>(0);
    for (String name : wanted) {
      if (!names.take(name, item, nowMs)) {
        others.add(name);
      }
    }
    return others;
  }

  /** Takes over what others had, where they were not first after all. */
  void settle(Blobs.Ref item, List<String> othersHad, long nowMs) {
    for (String name : othersHad) {
      boolean settled = false;
      while (!settled) {
        Blobs.Ref holder = names.find(item.org(), name);
        settled =
            item.equals(holder)
                || (holder != null && enqueued(name, holder) <= enqueued(name, item))
                || names.takeFrom(holder, name, item, nowMs);
      }
    }
  }

  /**
   * For a session that was enqueued before: takes over what leads nowhere. Whoever was to do it has
   * died in between.
   */
  void repair(String org, String sessionId, List<String> othersHad, long nowMs) {
    for (String name : othersHad) {
      Blobs.Ref holder = names.find(org, name);
      if (holder != null && enqueued(name, holder) == NEVER) {
        long payload = orgs.call(org, new FindSession(sessionId)).value().session().payload();
        names.takeFrom(holder, name, new Blobs.Ref(org, sessionId, payload), nowMs);
      }
    }
  }

  /** Gives names back that were taken for an item which the entry doesn't name. */
  void release(Blobs.Ref item, List<String> wanted) {
    wanted.forEach(name -> names.release(name, item));
  }

  /** The number of an item's enqueue. A session that is damaged keeps what it has. */
  private long enqueued(String name, Blobs.Ref item) {
    try {
      FindNamed find = new FindNamed(name, item.sessionId(), item.name());
      return orgs.call(item.org(), find).value().session().enqueuedSeq();
    } catch (RefusedException e) {
      return e.refusal() == Refusal.UNKNOWN_SESSION ? NEVER : 0;
    }
  }
}
