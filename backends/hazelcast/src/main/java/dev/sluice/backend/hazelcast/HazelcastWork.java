package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Counts;
import dev.sluice.backend.Decided;
import dev.sluice.backend.Enqueued;
import dev.sluice.backend.NewWork;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.WorkQueue;
import dev.sluice.backend.hazelcast.operation.CountWork;
import dev.sluice.backend.hazelcast.operation.Enqueue;
import java.util.ArrayList;
import java.util.List;

/** Enqueue and counts. */
final class HazelcastWork implements WorkQueue {

  /** Most items that go into the entry in one go: others wait for it meanwhile. */
  private static final int AT_ONCE = 100;

  private final OrgMap orgs;
  private final Blobs items;
  private final Registry registry;

  HazelcastWork(OrgMap orgs, Blobs items, Registry registry) {
    this.orgs = orgs;
    this.items = items;
    this.registry = registry;
  }

  @Override
  public Decided<List<Enqueued>> enqueue(String org, List<NewWork> work) {
    if (work.isEmpty()) {
      return new Decided<>(orgs.call(org, new CountWork()).seq(), List.of());
    }
    registry.noteOrg(org);
    List<Enqueued> results = new ArrayList<>(work.size());
    long seq = 0;
    for (int from = 0; from < work.size(); from += AT_ONCE) {
      Decided<Enqueue.Answer> answer =
          enqueueSome(org, work.subList(from, Math.min(work.size(), from + AT_ONCE)));
      results.addAll(answer.value().results());
      seq = answer.seq();
    }
    return new Decided<>(seq, results);
  }

  @Override
  public Decided<Counts> counts(String org) {
    return orgs.call(org, new CountWork());
  }

  private Decided<Enqueue.Answer> enqueueSome(String org, List<NewWork> work) {
    List<Enqueue.Item> entries = work.stream().map(HazelcastWork::entry).toList();
    List<Blobs.Ref> refs =
        entries.stream()
            .map(entry -> new Blobs.Ref(org, entry.sessionId(), entry.payload()))
            .toList();
    long now = orgs.now();
    items.store(refs, work.stream().map(NewWork::item).toList(), now);
    Decided<Enqueue.Answer> answer;
    try {
      answer = orgs.call(org, new Enqueue(entries, now));
    } catch (RefusedException e) {
      refs.forEach(items::delete);
      throw e;
    }
    for (int i = 0; i < entries.size(); i++) {
      Enqueued result = answer.value().results().get(i);
      if (result.duplicate() || result.refusal() != null) {
        items.delete(refs.get(i)); // the session has another one, or there is none
      }
    }
    return answer;
  }

  private static Enqueue.Item entry(NewWork work) {
    // By default three names are one: then they are kept once.
    String id = work.sessionId();
    String issueId = work.issueId().equals(id) ? id : work.issueId();
    String identifier = work.issueIdentifier().equals(issueId) ? issueId : work.issueIdentifier();
    return new Enqueue.Item(
        id,
        issueId,
        identifier,
        work.project(),
        work.requiredCapabilities(),
        work.priority(),
        work.queuedAtMs(),
        work.contentHash(),
        Blobs.newName());
  }
}
