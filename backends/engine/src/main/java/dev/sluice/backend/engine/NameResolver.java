package dev.sluice.backend.engine;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.engine.read.SessionReads.FindNamed;
import dev.sluice.backend.engine.tables.Blobs;
import dev.sluice.backend.engine.tables.PublicNames;
import dev.sluice.backend.engine.tables.PublicNames.Wish;
import dev.sluice.backend.engine.tables.SideTables;
import dev.sluice.backend.engine.tables.StoredItem;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.PublicId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Public ids of sessions. An id belongs to the stored session that was enqueued first. It is taken
 * before the session is stored.
 */
final class NameResolver {

  /** After every stored item. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Orgs orgs;
  private final PublicNames names;
  private final Blobs blobs;
  private final SessionItems items;

  NameResolver(Orgs orgs, SideTables tables) {
    this.orgs = orgs;
    this.names = tables.names();
    this.blobs = tables.items();
    this.items = new SessionItems(orgs, tables);
  }

  /**
   * Takes ids for items about to be enqueued.
   *
   * @return for each item the ids that others have too
   */
  Map<Blobs.Ref, List<String>> take(List<Blobs.Ref> items, List<List<String>> wanted, long nowMs) {
    List<Wish> wishes = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (String name : wanted.get(i)) {
        wishes.add(new Wish(items.get(i), name));
      }
    }
    return wishes.isEmpty()
        ? Map.of()
        : names.take(wishes, nowMs).stream()
            .collect(groupingBy(Wish::item, mapping(Wish::name, toList())));
  }

  /**
   * Returns the ids of this work that are public ids of other sessions, or of other work before it.
   * The table is beside the state, so an id that another call takes meanwhile is not among them.
   */
  Set<String> takenIds(String org, List<NewWork> work) {
    Set<String> earlier = new HashSet<>();
    Set<String> taken = new HashSet<>();
    Set<String> wanted = new HashSet<>();
    for (NewWork each : work) {
      String id = each.sessionId();
      if (PublicId.possible(id)) {
        (earlier.contains(id) ? taken : wanted).add(id);
      }
      each.publicIds().stream().filter(name -> !name.equals(id)).forEach(earlier::add);
    }
    if (!wanted.isEmpty()) {
      names.find(org, wanted).keySet().stream()
          .filter(id -> isOfOther(org, id))
          .forEach(taken::add);
    }
    return taken;
  }

  private boolean isOfOther(String org, String id) {
    List<Blobs.Ref> owners = stored(org, id);
    return !owners.isEmpty() && !owners.get(0).sessionId().equals(id);
  }

  void release(Blobs.Ref item, List<String> wanted) {
    wanted.forEach(name -> names.release(item.org(), name, List.of(item)));
  }

  /**
   * Leaves each shared id to the first stored item for good: it does not pass on when that record
   * is deleted.
   */
  void settle(String org, List<String> shared) {
    for (String name : shared) {
      List<Blobs.Ref> later = stored(org, name).stream().skip(1).toList();
      names.release(org, name, later);
      later.forEach(item -> blobs.change(item, stored -> StoredItem.without(name, stored)));
    }
  }

  /** Returns for each item those of its ids that lead to it. */
  List<List<String>> leadingTo(String org, List<Blobs.Ref> items, List<List<String>> wanted) {
    Map<String, List<Blobs.Ref>> takers =
        names.find(org, wanted.stream().flatMap(List::stream).collect(toSet()));
    List<List<String>> leading = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Blobs.Ref item = items.get(i);
      leading.add(
          wanted.get(i).stream()
              .filter(name -> leadsTo(item, name, takers.getOrDefault(name, List.of())))
              .toList());
    }
    return leading;
  }

  private boolean leadsTo(Blobs.Ref item, String name, List<Blobs.Ref> takers) {
    return takers.equals(List.of(item))
        || (takers.contains(item) && stored(item.org(), name).indexOf(item) == 0);
  }

  private record Taker(Blobs.Ref item, long seq) {}

  /** Returns the stored items that took an id, the first enqueued first. */
  private List<Blobs.Ref> stored(String org, String name) {
    return names.find(org, name).stream()
        .map(item -> new Taker(item, enqueued(name, item)))
        .filter(taker -> taker.seq() < NEVER)
        .sorted(comparingLong(Taker::seq))
        .map(Taker::item)
        .toList();
  }

  /** Consistent while others take or release the id. */
  Session find(String org, String name) {
    while (true) {
      List<Blobs.Ref> before = names.find(org, name);
      try {
        Session found = items.read(org, find(name, before));
        if (names.find(org, name).equals(before)) {
          return found;
        }
      } catch (RefusedException e) {
        if (names.find(org, name).equals(before)) {
          throw e;
        }
      }
    }
  }

  /**
   * Sequence number of the item's enqueue; 0 if the session is damaged, which then keeps the id.
   */
  private long enqueued(String name, Blobs.Ref item) {
    try {
      return orgs.callAside(item.org(), find(name, List.of(item))).session().enqueuedSeq();
    } catch (RefusedException e) {
      return e.refusal() == Refusal.UNKNOWN_SESSION ? NEVER : 0;
    }
  }

  private static FindNamed find(String name, List<Blobs.Ref> items) {
    return new FindNamed(
        name,
        items.stream().map(item -> new FindNamed.Item(item.sessionId(), item.name())).toList());
  }
}
