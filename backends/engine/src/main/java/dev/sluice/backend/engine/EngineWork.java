package dev.sluice.backend.engine;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.read.ListReads.ListStandings;
import dev.sluice.backend.engine.read.ListReads.ListWork;
import dev.sluice.backend.engine.read.ListedSessions;
import dev.sluice.backend.engine.read.OrgReads.CountBytes;
import dev.sluice.backend.engine.read.OrgReads.CountWork;
import dev.sluice.backend.engine.read.SessionReads.FindStanding;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.Registry;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.engine.write.Enqueue;
import dev.sluice.backend.engine.write.OrderOperations.Front;
import dev.sluice.backend.engine.write.OrderOperations.Reprioritise;
import dev.sluice.backend.queues.Counts;
import dev.sluice.backend.queues.Enqueued;
import dev.sluice.backend.queues.Standing;
import dev.sluice.backend.queues.WorkQueue;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class EngineWork implements WorkQueue {

  /** Items enqueued in one step, while other calls of the org wait. */
  static final int AT_ONCE = 100;

  private final Orgs orgs;
  private final Blobs items;
  private final NameResolver named;
  private final SessionItems sessions;
  private final Registry registry;

  EngineWork(Orgs orgs, SideTables tables, Registry registry) {
    this.orgs = orgs;
    this.items = tables.items();
    this.named = new NameResolver(orgs, tables);
    this.sessions = new SessionItems(orgs, tables);
    this.registry = registry;
  }

  @Override
  public List<Enqueued> enqueue(String org, List<NewWork> work) {
    if (work.isEmpty()) {
      return List.of();
    }
    registry.noteOrg(org);
    List<Enqueued> results = new ArrayList<>(work.size());
    for (int from = 0; from < work.size(); from += AT_ONCE) {
      int to = Math.min(work.size(), from + AT_ONCE);
      Enqueue.Answer answer = enqueueSome(org, work.subList(from, to), to == work.size());
      results.addAll(answer.results());
    }
    return results;
  }

  @Override
  public Counts counts(String org) {
    return orgs.call(org, new CountWork());
  }

  @Override
  public long storedBytes(String org) {
    return orgs.call(org, new CountBytes());
  }

  @Override
  public Standing standing(String org, String sessionId) {
    return orgs.reading(
        () ->
            sessions.read(
                org,
                new FindStanding(sessionId),
                FindStanding.Answer::session,
                (found, session) ->
                    new Standing(session, found.behind(), found.behindClaimed(), found.queue())));
  }

  @Override
  public Page<Session> list(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    return orgs.reading(
        () -> {
          requireWaiting(place);
          ListedSessions page = orgs.call(org, new ListWork(project, place, cursor, limit));
          return sessions.show(org, page);
        });
  }

  @Override
  public Page<Standing> standings(
      String org, String project, Place place, @Nullable Cursor cursor, int limit) {
    requireWaiting(place);
    ListStandings.Answer page = orgs.call(org, new ListStandings(project, place, cursor, limit));
    ListStandings.Answer answer = page;
    return new Page<>(
        answer.entries().stream()
            .map(
                entry ->
                    new Standing(
                        SessionItems.row(entry.session()),
                        entry.behind(),
                        entry.behindClaimed(),
                        answer.queue()))
            .toList(),
        answer.next());
  }

  private static void requireWaiting(Place place) {
    if (!place.waits()) {
      throw new IllegalArgumentException(place + " is no list of waiting work");
    }
  }

  @Override
  public Session reprioritise(String org, String sessionId, int priority, AuditNote note) {
    return sessions.change(org, new Reprioritise(sessionId, priority, note));
  }

  @Override
  public Session front(String org, String sessionId, AuditNote note) {
    return sessions.change(org, new Front(sessionId, note));
  }

  /** The last part of a bulk waits until all are durable. */
  private Enqueue.Answer enqueueSome(String org, List<NewWork> work, boolean last) {
    Set<String> taken = named.takenIds(org, work);
    List<Enqueue.Item> entries =
        work.stream().map(each -> entry(each, taken.contains(each.sessionId()))).toList();
    List<Blobs.Ref> refs =
        entries.stream()
            .map(entry -> new Blobs.Ref(org, entry.sessionId(), entry.payload()))
            .toList();
    long now = orgs.now();
    items.store(
        refs,
        work.stream().map(each -> StoredItem.of(each.publicIds(), each.item())).toList(),
        now);
    Map<Blobs.Ref, List<String>> shared =
        named.take(refs, work.stream().map(NewWork::publicIds).toList(), now);
    Enqueue.Answer answer;
    try {
      Enqueue enqueue = new Enqueue(entries, now);
      answer = last ? orgs.call(org, enqueue) : orgs.callUnsynced(org, enqueue);
    } catch (RefusedException e) {
      for (int i = 0; i < refs.size(); i++) {
        drop(refs.get(i), work.get(i));
      }
      throw e;
    }
    for (int i = 0; i < entries.size(); i++) {
      Enqueued result = answer.results().get(i);
      if (result.duplicate() || result.replayed() || result.refusal() != null) {
        drop(refs.get(i), work.get(i)); // not used
      } else {
        named.settle(org, shared.getOrDefault(refs.get(i), List.of()));
      }
    }
    return answer;
  }

  private void drop(Blobs.Ref item, NewWork work) {
    named.release(item, work.publicIds());
    items.delete(item);
  }

  private static Enqueue.Item entry(NewWork work, boolean takenId) {
    // The three ids are mostly equal: share one string.
    String id = work.sessionId();
    String issueId = work.issueId().equals(id) ? id : work.issueId();
    String identifier = work.issueIdentifier().equals(issueId) ? issueId : work.issueIdentifier();
    return new Enqueue.Item(
        id,
        issueId,
        identifier,
        work.project(),
        PackedNames.packSorted(work.requiredCapabilities(), work.repository()),
        work.priority(),
        work.queuedAtMs(),
        work.contentHash(),
        Blobs.newName(),
        work.notBeforeMs(),
        work.deadlineMs(),
        work.idempotency(),
        StoredBytes.of(work),
        work.subject(),
        takenId);
  }
}
