package dev.sluice.backend.engine.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.engine.records.MovedSession;
import dev.sluice.backend.engine.records.SessionRecord;
import dev.sluice.backend.engine.records.SessionSlot;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import dev.sluice.backend.work.Subject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionTableTest {

  private final Random random = new Random(1);
  private final SessionTable table = new SessionTable();

  @Test
  void an_id_of_no_session_has_none() {
    assertThat(table.get("a")).isNull();
    assertThat(table.remove("a")).isNull();
    assertThat(table.bytesOf("a")).isZero();
  }

  @Test
  void behaves_like_a_map() {
    Map<String, SessionSlot> expected = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      String id = id(random.nextInt(500));
      if (random.nextInt(3) == 0) {
        assertThat(table.remove(id)).isEqualTo(expected.remove(id));
      } else {
        SessionSlot slot =
            random.nextInt(9) == 0 ? new MovedSession(id, 1, 2, 3, i, 4) : session(id, i);
        table.put(slot);
        expected.put(id, slot);
      }
      String other = id(random.nextInt(500));
      assertThat(table.get(other)).isEqualTo(expected.get(other));
      String third = id(random.nextInt(500));
      assertThat(table.getWaiting(third)).isEqualTo(expected.get(third));
      assertThat(table.bytesOf(other)).isEqualTo(bytes(expected.get(other)));
      assertThat(table.size()).isEqualTo(expected.size());
    }
    List<SessionSlot> all = new ArrayList<>();
    table.each(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  private static long bytes(SessionSlot slot) {
    return slot instanceof SessionRecord session
        ? session.bytes()
        : slot instanceof MovedSession moved ? moved.bytes() : 0;
  }

  /** Some beyond ASCII. */
  private static String id(int number) {
    return (number % 7 == 0 ? "s\u00e9ance-" : "session-") + number;
  }

  private SessionRecord session(String id, long bytes) {
    Place place = one(Place.READY, Place.PARKED, Place.LATER, Place.RETURNED, Place.CLAIMED);
    String issue = one(id, "issue \ud83d\ude00");
    long queued = one(0L, 1_700_000_000_000L, random.nextLong());
    int priority = random.nextInt(12);
    return new SessionRecord(
        id,
        issue,
        one(issue, "SLU-1", ""),
        "project-" + random.nextInt(3),
        one(List.of(), List.of("gpu"), List.of("arm", "gpu")),
        priority,
        queued,
        hash(),
        random.nextLong(),
        place,
        one(SessionState.PENDING, SessionState.PENDING, SessionState.STOPPED),
        random.nextInt(9) == 0 ? 1 : 0,
        random.nextInt(9) == 0 ? 1 : 0,
        queued + random.nextInt(1_000),
        one(queued, random.nextLong()),
        random.nextInt(9) == 0 ? 7 : 0,
        one(ClaimState.NONE, ClaimState.NONE, ClaimState.NONE.withStopTold(true)),
        one(ReturnInfo.NONE, new ReturnInfo("w", 1, null, null, List.of())),
        one(Score.of(priority, queued), Score.front(queued)),
        one(0L, queued),
        one(0L, queued + 5),
        random.nextInt(1_000_000),
        bytes,
        one(Subject.NONE, new Subject("Fix \ud83d\ude00", "", one("", "opus"))));
  }

  private String hash() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return one(hash, hash.substring(1) + "_", hash.substring(1) + "=", "hash");
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
