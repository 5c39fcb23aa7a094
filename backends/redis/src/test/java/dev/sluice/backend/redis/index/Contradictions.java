package dev.sluice.backend.redis.index;

import dev.sluice.backend.redis.reply.Text;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.Tuple;

/**
 * Compares the indexes of an org with those that its records make, and its event log with the
 * timelines. Says nothing of an org with damaged records.
 */
public final class Contradictions {

  private static final char UNIT = Text.UNIT;

  /** Records, and what has no other source than itself. */
  private static final Set<String> RECORDS =
      Set.of(
          "s",
          "p",
          "f",
          "t",
          "a",
          "messages",
          "archive",
          "acked",
          "told",
          "w",
          "j",
          "r",
          "stop-run",
          "figures",
          "call");

  private static final Set<String> OTHERS =
      Set.of("org", "sets", "revoked", "damaged", "import", "events");

  private final Jedis jedis;
  private final String area;
  private final Map<String, String> fields;
  private final ExpectedIndexes expected;

  private Contradictions(Jedis jedis, String area, List<OrgRecord> records) {
    this.jedis = jedis;
    this.area = area;
    fields = jedis.hgetAll(area + "org");
    expected = new ExpectedIndexes(jedis, area, records);
  }

  /**
   * @param events that a timeline keeps
   */
  public static String of(QueueBackend backend, Jedis jedis, String org, int events) {
    List<OrgRecord> records = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      OrgPage page = backend.transfers().read(org, cursor);
      if (!page.damaged().isEmpty()) {
        return "";
      }
      records.addAll(page.records());
      cursor = page.next();
    } while (cursor != null);
    Contradictions found = new Contradictions(jedis, "{" + org + "}:", records);
    List<String> differences = found.differences();
    differences.addAll(
        new LoggedTimelines(backend.events(), org, events)
            .differences(found.expected.sessions.values()));
    return String.join("\n", differences);
  }

  private List<String> differences() {
    List<String> all = new ArrayList<>();
    Map<String, Map<String, Double>> stored = new TreeMap<>();
    for (String key : jedis.keys(area + "*")) {
      String name = key.substring(area.length());
      String kind = name.substring(0, name.indexOf(':') < 0 ? name.length() : name.indexOf(':'));
      if (jedis.type(key).equals("zset") && !name.equals("damaged") && !name.equals("audit")) {
        Map<String, Double> members = new TreeMap<>();
        for (Tuple tuple : jedis.zrangeWithScores(key, 0, -1)) {
          members.put(tuple.getElement(), scoreOf(name, tuple));
        }
        stored.put(name, members);
      } else if (expected.hashes.containsKey(name)) {
        compare(all, name, expected.hashes.remove(name), jedis.hgetAll(key));
      } else if (!RECORDS.contains(kind) && !OTHERS.contains(name) && !name.equals("audit")) {
        all.add("key " + name);
      } else if (kind.equals("p") || kind.equals("s")) {
        compare(all, name, true, expected.sessions.containsKey(name.substring(2)));
      }
    }
    expected.hashes.forEach((name, hash) -> all.add("no " + name + " with " + hash));
    addDueAccepts(stored);
    for (String name : new TreeSet<>(union(expected.lists.keySet(), stored.keySet()))) {
      compare(
          all,
          name,
          expected.lists.getOrDefault(name, Map.of()),
          stored.getOrDefault(name, Map.of()));
    }
    compareNumbers(all);
    compareClaims(all);
    return all;
  }

  /** Some lists have lower bounds instead of times, or times of a last look. */
  private double scoreOf(String name, Tuple tuple) {
    if (name.equals("leases")) {
      return expected.lists.getOrDefault(name, Map.of()).getOrDefault(tuple.getElement(), -1.0);
    }
    return name.startsWith("mail:") ? 0 : tuple.getScore();
  }

  /** A sweep adds claims to this list. */
  private void addDueAccepts(Map<String, Map<String, Double>> stored) {
    for (String id : stored.getOrDefault("accepts", Map.of()).keySet()) {
      SessionCopy session = expected.sessions.get(id);
      if (session != null && session.place() == Place.CLAIMED) {
        expected.list("accepts").put(id, (double) session.claim().acceptByMs());
      }
    }
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  private void compareNumbers(List<String> all) {
    String[] numbers = fields.getOrDefault("numbers", "0 ".repeat(16)).split(" ");
    Map<String, Integer> refs = new TreeMap<>();
    Place[] order = {
      Place.READY, Place.PARKED, Place.LATER, Place.RETURNED, Place.CLAIMED, Place.DEAD
    };
    for (int i = 0; i < order.length; i++) {
      Place place = order[i];
      long sum = expected.counts.values().stream().mapToLong(of -> of.getOrDefault(place, 0)).sum();
      compare(all, "number of " + place, String.valueOf(sum), numbers[4 + i]);
      int at = i;
      expected.counts.forEach(
          (name, of) ->
              compare(
                  all,
                  place + " of " + name,
                  String.valueOf(of.getOrDefault(place, 0)),
                  fields.getOrDefault("q:" + name, "- - - - - -").split(" ")[at]));
    }
    compare(all, "bytes", String.valueOf(expected.bytes), numbers[15]);
    expected.setsOfProjects.forEach(
        (project, of) -> {
          Map<String, String> counted = new TreeMap<>();
          for (String each : fields.getOrDefault("sets:" + project, "").split(" ")) {
            counted.put(each.split(":")[0], each.substring(each.indexOf(':') + 1));
          }
          of.forEach((set, n) -> refs.merge(set, n, Integer::sum));
          compare(all, "sets of " + project, String.valueOf(of), String.valueOf(counted));
        });
    refs.forEach(
        (set, n) -> compare(all, "refs of " + set, String.valueOf(n), fields.get("refs:" + set)));
    String live = fields.getOrDefault("sets", "0 0").split(" ")[0];
    compare(all, "live sets", String.valueOf(refs.size()), live);
    Map<String, String> heads = new TreeMap<>();
    expected.lists.forEach(
        (key, members) -> {
          if (key.startsWith("heads:")) {
            members
                .keySet()
                .forEach(
                    head ->
                        heads.put(key.substring(6) + head.substring(head.lastIndexOf(UNIT)), head));
          }
        });
    heads.forEach(
        (key, head) -> compare(all, "head " + key, head, fields.get(key.replace(UNIT, ':'))));
    long stored =
        fields.keySet().stream().filter(name -> name.matches("(ready|returned):.*")).count();
    compare(all, "heads", (long) heads.size(), stored);
  }

  private void compareClaims(List<String> all) {
    for (String worker : expected.workers) {
      Map<String, String> claims = new TreeMap<>();
      expected.sessions.values().stream()
          .filter(session -> session.place() == Place.CLAIMED)
          .filter(session -> worker.equals(session.claim().owner()))
          .forEach(
              session -> claims.put("a:" + session.id(), String.valueOf(session.claim().token())));
      Map<String, String> record = new TreeMap<>(jedis.hgetAll(area + "w:" + worker));
      String active = record.get("state").split(String.valueOf(UNIT))[4];
      record.keySet().removeIf(field -> !field.startsWith("a:"));
      compare(all, "claims of " + worker, claims, record);
      compare(all, "active of " + worker, String.valueOf(claims.size()), active);
    }
  }

  private static <T> void compare(List<String> all, String what, T right, @Nullable T stored) {
    if (!right.equals(stored)) {
      all.add(what + " should be " + right + " but is " + stored);
    }
  }
}
