package dev.sluice.backend.redis.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.Names;
import dev.sluice.backend.inbox.Lane;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.redis.reply.PublicName;
import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.sessions.IssueIdentifiers;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.store.PackedNames;
import dev.sluice.backend.store.StoredBytes;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.BatchJob;
import dev.sluice.backend.work.Place;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;

/** The indexes of an org, made again from its records. */
final class ExpectedIndexes {

  private static final char UNIT = Text.UNIT;
  private static final long DAY_MS = 24 * 3_600_000L;

  private final Jedis jedis;
  private final String area;
  private final Map<String, String> sets;

  /** By key, without the area. */
  final Map<String, Map<String, Double>> lists = new TreeMap<>();

  final Map<String, Map<String, String>> hashes = new TreeMap<>();

  final Map<String, Map<Place, Integer>> counts = new TreeMap<>();
  final Map<String, Map<String, Integer>> setsOfProjects = new TreeMap<>();
  private final Map<String, OrgRecord.Project> projects = new HashMap<>();
  final Map<String, SessionCopy> sessions = new TreeMap<>();
  final Set<String> workers = new TreeSet<>();
  long bytes;

  ExpectedIndexes(Jedis jedis, String area, List<OrgRecord> records) {
    this.jedis = jedis;
    this.area = area;
    sets = jedis.hgetAll(area + "sets");
    records.forEach(this::add);
    addQueues();
  }

  Map<String, Double> list(String key) {
    return lists.computeIfAbsent(key, name -> new TreeMap<>());
  }

  private void add(OrgRecord record) {
    if (record instanceof SessionCopy session) {
      add(session);
    } else if (record instanceof WorkerCopy worker) {
      add(worker);
    } else if (record instanceof MessageCopy message) {
      add(message);
    } else if (record instanceof JobCopy job) {
      add(job);
    } else if (record instanceof OrgRecord.Project project) {
      projects.put(project.name(), project);
      counts.computeIfAbsent(project.name(), name -> new HashMap<>());
    } else if (record instanceof OrgRecord.Told told) {
      sum("said", told.sessionId(), StoredBytes.ofActivity(told.kind(), told.body()));
    } else if (record instanceof OrgRecord.Stop stop) {
      list("stop-runs").put(stop.order().id(), (double) stop.order().atMs());
    } else if (record instanceof OrgRecord.Answer answer) {
      bytes += StoredBytes.LINE;
      list("replays").put(answer.key(), (double) answer.untilMs());
    } else if (record instanceof OrgRecord.Audited audited) {
      String actor = audited.line().actor();
      double id = audited.line().id();
      list("audit-of:" + actor).put(String.valueOf(audited.line().id()), id);
      list("audit-actors").merge(actor, 1.0, Double::sum);
    }
  }

  private void sum(String hash, String name, long more) {
    bytes += more;
    hashes
        .computeIfAbsent(hash, key -> new TreeMap<>())
        .merge(
            name,
            String.valueOf(more),
            (a, b) -> String.valueOf(Long.parseLong(a) + Long.parseLong(b)));
  }

  private void add(SessionCopy session) {
    sessions.put(session.id(), session);
    String content = jedis.get(area + "p:" + session.id());
    bytes +=
        content == null
            ? StoredBytes.RECORD
            : Long.parseLong(content.substring(0, content.indexOf(UNIT)));
    for (String name : session.publicIds()) {
      String stored = PublicName.stored(name);
      hashes
          .computeIfAbsent("n:" + stored.substring(0, 4), key -> new TreeMap<>())
          .put(stored.substring(4), session.id());
    }
    addIdentifier(session, content != null);
    Place place = session.place();
    String project = session.project();
    if (place == Place.ENDED) {
      list("ended").put(session.id(), (double) session.endedAtMs());
      return;
    }
    String set = setOf(session, content != null);
    counts.computeIfAbsent(project, name -> new HashMap<>()).merge(place, 1, Integer::sum);
    setsOfProjects.computeIfAbsent(project, name -> new TreeMap<>()).merge(set, 1, Integer::sum);
    if (place == Place.DEAD) {
      list("dead").put(session.id(), (double) session.endedAtMs());
      list("dead:" + project).put(session.id(), (double) session.endedAtMs());
    } else if (place == Place.CLAIMED) {
      list("claimed").put(session.id(), (double) session.claim().claimedAtMs());
      list("claimed:" + project).put(session.id(), (double) session.claim().claimedAtMs());
      if (session.claim().releaseByMs() > 0) {
        list("graces").put(session.id(), (double) session.claim().releaseByMs());
      }
    } else {
      addWaiting(session, set);
    }
    if (place == Place.CLAIMED || place.waits() && place != Place.LATER) {
      addContender(session);
    }
  }

  /** The identifier is lost with the item. */
  private void addIdentifier(SessionCopy session, boolean withItem) {
    String identifier = session.issueIdentifier();
    if (withItem && !identifier.equals(session.id())) {
      String hash = sha1(IssueIdentifiers.folded(identifier));
      int set = Integer.parseInt(hash.substring(0, 4), 16) % 16384;
      list("x:" + set).put(hash.substring(4, 6) + session.id(), 0.0);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void addWaiting(SessionCopy session, String set) {
    String id = session.id();
    if (session.place() == Place.LATER) {
      list("later:" + session.project()).put(id, (double) session.notBeforeMs());
      list("due").put("1" + UNIT + id, (double) session.notBeforeMs());
    } else if (session.place() == Place.PARKED) {
      list("parked:" + session.project()).put(entry(session), 0.0);
    } else {
      String kind = session.place().name().toLowerCase(Locale.ROOT);
      list(kind + ":" + set + ":" + session.project()).put(entry(session), 0.0);
      if (session.repository() != null) {
        list("lanes:" + kind + ":" + set)
            .put(
                session.repository() + "/" + UNIT + session.project() + UNIT + entry(session), 0.0);
      }
    }
    if (session.deadlineMs() > 0) {
      list("due").put("2" + UNIT + id, (double) session.deadlineMs());
    }
    for (Nacker nacker : session.returns().nackers()) {
      if (nacker.keptAway()) {
        list("returns:" + nacker.workerId()).put(id, (double) nacker.untilMs());
        list("due").merge("3" + UNIT + id, (double) nacker.untilMs(), Math::min);
      }
    }
  }

  /** One that is alone in its own issue has no entry. */
  private void addContender(SessionCopy session) {
    String key = "i:" + session.issueId() + "\u001d" + session.project();
    boolean own = session.issueId().equals(session.id());
    if (!own || jedis.exists(area + key)) {
      list(key).put(entry(session), session.place() == Place.CLAIMED ? -1.0 : 0.0);
    }
  }

  private static String entry(SessionCopy session) {
    return "%016d".formatted(session.score()) + UNIT + session.id();
  }

  /** The capabilities are lost with the item. */
  private String setOf(SessionCopy session, boolean withItem) {
    if (!withItem) {
      String line = jedis.get(area + "s:" + session.id());
      return line.split("[\u001f\u001d]")[1];
    }
    String capabilities =
        String.join(
            String.valueOf(Text.RECORD),
            PackedNames.packSorted(
                session.capabilities(), session.repository() == null ? null : ""));
    return sets.getOrDefault(capabilities, "no set");
  }

  private void add(WorkerCopy worker) {
    String id = worker.registration().workerId();
    bytes += StoredBytes.of(worker.registration());
    list("workers").put(id, (double) worker.registeredAtMs());
    list("registered").put(worker.registration().registeredBy() + UNIT + id, 0.0);
    list(worker.silent() ? "silent" : "leases").put(id, (double) worker.lastSeenMs());
    String machine = worker.registration().machineId();
    if (machine != null && !worker.retired()) {
      hashes
          .computeIfAbsent("machines", key -> new TreeMap<>())
          .put(worker.registration().registeredBy() + UNIT + machine, id);
    }
    workers.add(id);
  }

  private void add(MessageCopy message) {
    long size = StoredBytes.ofMessage(message.payload());
    String session = message.sessionId();
    String lane = message.lane().wire();
    String member = lane.charAt(0) + message.id();
    if (message.archivedAtMs() > 0) {
      sum("archived", session, size);
      list("archives").put(session, (double) message.archivedAtMs());
      if (message.hiddenUntilMs() > 0) {
        list("left:" + session).put(member, (double) message.hiddenUntilMs());
      }
      return;
    }
    sum("texts", session, size);
    list("lane:" + lane).put(message.id() + UNIT + session, (double) message.seq());
    if (message.hiddenUntilMs() > 0) {
      list("offered:" + session).put(member, (double) message.hiddenUntilMs());
    } else {
      list((message.lane() == Lane.URGENT ? "urgent:" : "normal:") + session)
          .put(message.id(), (double) message.seq());
    }
    if (message.kind() == MessageType.NUDGE) {
      list("nudges:" + session).put(member, 0.0);
    }
    SessionCopy of = sessions.get(session);
    if (of != null && of.place() == Place.CLAIMED && workers.contains(of.claim().owner())) {
      list("mail:" + of.claim().owner()).put(session, 0.0);
    }
  }

  private void add(JobCopy job) {
    bytes += StoredBytes.RECORD + job.item().getBytes(UTF_8).length;
    if (job.state() == BatchJob.State.WAITING) {
      list("jobs").put(job.id(), (double) job.seq());
    } else if (job.state() == BatchJob.State.OFFERED) {
      list("due").put("6" + UNIT + job.id(), (double) job.offeredUntilMs());
    } else {
      list("jobs-over").put(job.id(), (double) job.updatedAtMs());
    }
  }

  private void addQueues() {
    counts.forEach(
        (name, places) -> {
          list("queues").put(name, 0.0);
          OrgRecord.Project project = projects.get(name);
          boolean open = true;
          if (project != null) {
            Integer most = project.limits().maxConcurrent();
            boolean spent = project.limits().spent(project.spentMicroUsd());
            open =
                project.pause() == null
                    && !spent
                    && (most == null || places.getOrDefault(Place.CLAIMED, 0) < most);
            if (project.pause() != null && project.pause().untilMs() > 0) {
              list("due").put("4" + UNIT + name, (double) project.pause().untilMs());
            }
            if (spent) {
              list("due").put("5" + UNIT + name, (double) (project.spentDay() + 1) * DAY_MS);
            }
          }
          if (open) {
            addHeads(name);
          }
        });
  }

  private void addHeads(String project) {
    for (String set : setsOfProjects.getOrDefault(project, Map.of()).keySet()) {
      for (String kind : List.of("ready:", "returned:")) {
        Map<String, Double> bucket = lists.get(kind + set + ":" + project);
        if (bucket != null) {
          String first = bucket.keySet().stream().min(Names::compareBytes).get();
          list("heads:" + kind + set).put(first + UNIT + project, 0.0);
        }
      }
    }
  }
}
