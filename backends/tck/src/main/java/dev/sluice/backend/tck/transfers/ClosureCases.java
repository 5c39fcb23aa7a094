package dev.sluice.backend.tck.transfers;

import dev.sluice.backend.Refusal;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.queues.Closure;
import dev.sluice.backend.queues.Closure.Purpose;
import dev.sluice.backend.queues.NewClosure;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.TransferVerbs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class ClosureCases extends TransferVerbs {

  private static final String URL = "https://other.example/100%25?a=b";

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void it_is_kept_as_it_was_given(Purpose purpose) {
    String progress = "{\"é\":\"" + "x".repeat(4 * 1024 - 10) + "\"}";
    NewClosure given = new NewClosure("c", purpose, "for \"now\", 100%", 5_000, URL, progress);
    Closure kept =
        new Closure("c", purpose, given.reason(), clock.now(), clock.now() + 5_000, URL, progress);

    assertThat(transfers().close(org, given, null)).isEqualTo(kept);

    assertThat(transfers().closure(org)).contains(kept);
    assertThat(transfers().closure(newOrg())).isEmpty();
  }

  @Test
  void it_ends_when_the_org_opens() {
    close(org, Purpose.EXPORT);

    assertThat(open(org)).isTrue();

    assertThat(transfers().closure(org)).isEmpty();
    enqueue(work("a"));
    assertThat(open(org)).isFalse();
  }

  @Test
  void only_it_can_be_ended_by_its_id() {
    close(org, Purpose.EXPORT);

    assertThat(transfers().open(org, "other", BY)).isFalse();

    assertThat(transfers().closure(org)).isPresent();
    assertThat(auditLines()).isEmpty();
  }

  @Test
  void a_second_one_is_refused() {
    Closure first = close(org, Purpose.EXPORT);
    NewClosure second = new NewClosure("other", Purpose.MOVE, "", 0, null, "");

    assertThat(refused(Refusal.CLOSED, () -> transfers().close(org, second, BY)))
        .hasMessage("org " + org + " is closed for changes");

    assertThat(transfers().closure(org)).contains(first);
  }

  @Test
  void one_of_the_same_id_replaces_it_and_stays_as_old() {
    Closure first = close(org, Purpose.MOVE);
    jump(MOMENT);

    transfers().close(org, new NewClosure(OrgCopy.ID, Purpose.MOVE, "b", 9, URL, "half"), null);

    assertThat(transfers().closure(org))
        .contains(
            new Closure(
                OrgCopy.ID, Purpose.MOVE, "b", first.sinceMs(), clock.now() + 9, URL, "half"));
  }

  @Test
  void its_purpose_stays() {
    Closure first = close(org, Purpose.MOVE);
    NewClosure other = new NewClosure(OrgCopy.ID, Purpose.EXPORT, "", 0, null, "");

    refused(Refusal.CLOSED, () -> transfers().close(org, other, null));

    assertThat(transfers().closure(org)).contains(first);
  }

  @Test
  void one_that_names_another_server_stays_until_it_opens() {
    NewClosure moved = new NewClosure(OrgCopy.ID, Purpose.MOVE, "\"movedTo\":\"a\"", 0, URL, "");
    close(org, Purpose.MOVE);
    Closure kept = transfers().close(org, moved, null);

    for (NewClosure other :
        List.of(
            new NewClosure(OrgCopy.ID, Purpose.MOVE, moved.reason(), 0, null, ""),
            new NewClosure(OrgCopy.ID, Purpose.MOVE, moved.reason(), 9, URL, ""),
            new NewClosure(OrgCopy.ID, Purpose.MOVE, moved.reason(), 0, URL + "2", ""))) {
      refused(Refusal.CLOSED, () -> transfers().close(org, other, null));
    }
    assertThat(transfers().close(org, moved, null)).isEqualTo(kept);
    assertThat(open(org)).isTrue();
  }

  @Test
  void a_reason_that_looks_like_an_address_may_change() {
    NewClosure odd = new NewClosure(OrgCopy.ID, Purpose.MOVE, "\"movedTo\":\"a\"", 9, null, "");
    transfers().close(org, odd, null);

    close(org, Purpose.MOVE);
  }

  @Test
  void it_ends_by_itself() {
    closeFor(5_000);
    jump(Duration.ofMillis(4_999));
    assertThat(transfers().closure(org)).isPresent();
    refused(Refusal.CLOSED, () -> enqueue(work("a")));

    jump(MOMENT);

    assertThat(transfers().closure(org)).isEmpty();
    enqueue(work("a"));
    assertThat(open(org)).isFalse();
  }

  @Test
  void after_its_end_another_may_begin() {
    closeFor(1);
    jump(MOMENT);

    NewClosure other = new NewClosure("other", Purpose.MOVE, "", 0, null, "");
    assertThat(transfers().close(org, other, null).sinceMs()).isEqualTo(clock.now());
  }

  @Test
  void after_its_end_it_begins_again() {
    closeFor(1);
    jump(MOMENT);

    assertThat(closeFor(0).sinceMs()).isEqualTo(clock.now());
  }

  @Test
  void one_that_ended_is_swept_away() {
    sweep();
    closeFor(1);

    sweepAfter(MOMENT);

    assertThat(open(org)).isFalse();
    assertNothingLeft();
  }

  @Test
  void with_a_note_it_leaves_lines() {
    NewClosure given = new NewClosure("c", Purpose.EXPORT, "", 5_000, URL, "");

    audited(() -> transfers().close(org, given, BY));
    jump(MOMENT);
    audited(() -> transfers().open(org, "c", BY));

    assertThat(auditLines()).extracting(AuditLine::verb).containsExactly("open", "close");
    assertThat(auditLines()).extracting(AuditLine::object).containsOnly("c");
    assertThat(auditLines())
        .extracting(AuditLine::detail)
        .containsExactly("", "export, until 2026-03-02T09:30:05Z");
    assertThat(transfers().closure(org)).isEmpty();
  }

  @Test
  void a_replacement_with_a_note_leaves_a_line_too() {
    close(org, Purpose.MOVE);

    audited(() -> transfers().close(org, OrgCopy.closure(Purpose.MOVE), BY));

    assertThat(auditLines()).extracting(AuditLine::detail).containsExactly("move");
  }

  @Test
  void without_a_note_it_leaves_no_trace() {
    claim("a");

    withoutTrace(() -> close(org, Purpose.EXPORT));
    withoutTrace(() -> open(org));
  }

  @Test
  void an_org_without_anything_can_close_and_is_known() {
    close(org, Purpose.IMPORT);

    assertThat(upkeep().orgs()).contains(org);
    refused(Refusal.CLOSED, () -> enqueue(work("a")));
  }

  @Test
  void other_orgs_stay_open() {
    String neighbour = newOrg();
    close(org, Purpose.EXPORT);

    assertThat(queue().enqueue(neighbour, List.of(work("a").build()))).hasSize(1);
  }

  private Closure closeFor(long ms) {
    NewClosure given = new NewClosure(OrgCopy.ID, Purpose.EXPORT, "", ms, null, "");
    return transfers().close(org, given, null);
  }
}
