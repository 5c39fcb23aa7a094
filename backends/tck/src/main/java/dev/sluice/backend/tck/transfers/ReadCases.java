package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.inbox.MessageType;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.transfer.JobCopy;
import dev.sluice.backend.transfer.MessageCopy;
import dev.sluice.backend.transfer.OrgPage;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.WorkerCopy;
import dev.sluice.backend.work.DeadReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class ReadCases extends FullOrg {

  /** Kinds in the order of reading; those of a session are one. */
  private static final List<Class<?>> ORDER =
      List.of(
          OrgRecord.Numbers.class,
          OrgRecord.Logged.class,
          OrgRecord.Revoked.class,
          OrgRecord.StoredKey.class,
          OrgRecord.Project.class,
          WorkerCopy.class,
          SessionCopy.class,
          JobCopy.class,
          OrgRecord.Stop.class,
          OrgRecord.Answer.class,
          OrgRecord.Audited.class);

  @Test
  void all_kinds_come_in_their_order() {
    everything();

    List<OrgRecord> records = read(org);

    assertThat(records.stream().map(ReadCases::place).toList()).isSorted();
    assertThat(records.stream().map(ReadCases::place))
        .contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
        .containsOnlyOnce(0);
  }

  private static int place(OrgRecord record) {
    boolean ofSession =
        record instanceof OrgRecord.Told
            || record instanceof MessageCopy
            || record instanceof OrgRecord.Acked;
    return ORDER.indexOf(ofSession ? SessionCopy.class : record.getClass());
  }

  @Test
  void what_belongs_to_a_session_follows_it() {
    everything();

    String session = "";
    List<Class<?>> kinds = new ArrayList<>();
    for (OrgRecord record : read(org)) {
      if (record instanceof SessionCopy copy) {
        session = copy.id();
      } else if (record instanceof OrgRecord.Told told) {
        assertThat(told.sessionId()).isEqualTo(session);
      } else if (record instanceof OrgRecord.Acked acked) {
        assertThat(acked.sessionId()).isEqualTo(session);
      } else if (record instanceof MessageCopy message && message.archivedAtMs() == 0) {
        assertThat(message.sessionId()).isEqualTo(session);
      }
      if (session.equals("running")) {
        kinds.add(record.getClass());
      }
    }
    assertThat(kinds)
        .startsWith(
            SessionCopy.class,
            OrgRecord.Told.class,
            OrgRecord.Told.class,
            MessageCopy.class,
            MessageCopy.class,
            MessageCopy.class,
            OrgRecord.Acked.class);
  }

  @Test
  void an_org_without_anything_has_its_numbers() {
    assertThat(read(org)).containsExactly(new OrgRecord.Numbers(0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void many_sessions_come_on_pages_that_can_be_read_again() {
    enqueue(works("s", 700));
    takeAll(worker.capacity(100), 100);
    close(org, Purpose.EXPORT);

    List<OrgRecord> records = new ArrayList<>();
    int pages = 0;
    @Nullable String cursor = null;
    do {
      OrgPage page = transfers().read(org, cursor);
      assertThat(transfers().read(org, cursor)).isEqualTo(page);
      records.addAll(page.records());
      cursor = page.next();
      assertThat(cursor == null ? 0 : cursor.getBytes(StandardCharsets.UTF_8).length)
          .isLessThanOrEqualTo(1_024);
      pages++;
    } while (cursor != null);

    assertThat(pages).isGreaterThan(2);
    assertThat(only(SessionCopy.class, records)).extracting(SessionCopy::id).hasSize(700);
    assertThat(only(SessionCopy.class, records))
        .extracting(SessionCopy::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void names_may_be_as_long_as_any() {
    String longest = "\ud83d\ude00".repeat(64);
    enqueue(work(longest).project(longest).issue(longest).called(longest));
    pause(longest, 0);
    worker().named(longest).register();
    add(longest);

    String copy = copied();

    assertSame(backend(), copy);
  }

  @Test
  void a_cursor_of_another_hand_is_refused() {
    enqueue(work("a"));

    refusal(Refusal.BAD_CURSOR, () -> transfers().read(org, "nonsense"));
    refusal(Refusal.BAD_CURSOR, () -> transfers().read(org, ""));
  }

  @Test
  void damaged_records_are_named_and_left_out() {
    enqueue(work("a"), work("b"));
    send("a", MessageType.NUDGE, "hello");
    damage("a");

    List<OrgRecord> records = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      OrgPage page = transfers().read(org, cursor);
      records.addAll(page.records());
      damaged.addAll(page.damaged());
      cursor = page.next();
    } while (cursor != null);

    assertThat(damaged).containsExactly("session a");
    assertThat(only(SessionCopy.class, records)).extracting(SessionCopy::id).containsExactly("b");
    assertThat(only(MessageCopy.class, records)).isEmpty();
  }

  @Test
  void a_lost_item_is_null() {
    enqueue(work("a"));
    store().loseItem(org, "a");

    String copy = copied();

    assertThat(sessionIn(read(org), "a").item()).isNull();
    assertSame(backend(), copy);
    KitWorker there = workerOf(copy).register();
    assertThat(there.take(1)).isEmpty();
    assertThat(sessionIn(read(copy), "a").returns().dead()).isEqualTo(DeadReason.ITEM_MISSING);
  }

  @Test
  void an_item_is_kept_byte_for_byte() {
    String item = "{ \"b\" : 1,\t\"a\":\"\\u00e9\u00e9\" }";
    enqueue(work("a").item(item).content("hash"));

    String copy = newOrg();
    OrgCopy.enter(backend(), copy, OrgCopy.leave(backend(), org));

    SessionCopy session = sessionIn(read(copy), "a");
    assertThat(session.item()).isEqualTo(item);
    assertThat(session.contentHash()).isEqualTo("hash");
  }
}
