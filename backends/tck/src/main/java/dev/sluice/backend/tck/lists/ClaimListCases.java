package dev.sluice.backend.tck.lists;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.sessions.Claim;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.tck.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class ClaimListCases extends Fixture {

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 4, 1_000})
  void claims_are_listed_the_longest_claimed_first(int limit) {
    enqueue(work("b").priority(1), work("\ud83d\ude80"), work("\uff61"), work("a").priority(9));
    worker.claim("b");
    jump(MOMENT);
    assertThat(worker.take(2)).hasSize(2);
    jump(MOMENT);
    worker.claim("a");
    stop("b"); // in the grace it is still claimed
    enqueue(work("waiting"));

    assertThat(ids(null, limit)).containsExactly("b", "\uff61", "\ud83d\ude80", "a");
  }

  @Test
  void a_claim_says_what_is_found_of_its_session() {
    claim(worker, work("lost before").project("web"));
    pass(LEASE.plus(MOMENT));
    worker.beat();
    worker.claim("lost before");
    claim(worker, work("running").priority(2));
    claim("stopped");
    jump(MOMENT);
    worker.report("running", SessionState.RUNNING, 1_234);
    worker.use("running", "Bash");
    jump(MOMENT);
    worker.use("running", "Edit");
    stop("stopped");
    long last = seq();

    var page = sessions().claims(org, null, null, 10);

    assertThat(AnswerLog.last()).isEqualTo(last);
    assertThat(page.items())
        .containsExactly(
            Claim.of(session("lost before")),
            Claim.of(session("running")),
            Claim.of(session("stopped")));
    assertThat(page.items()).extracting(Claim::attempts).containsExactly(1, 0, 0);
    assertThat(seq()).isEqualTo(last);
  }

  @Test
  void the_claims_of_a_project_leave_out_all_others() {
    claim(worker, work("a").project("web"));
    claim(worker, work("b").project("app"));
    jump(MOMENT);
    claim(worker, work("c").project("web"));

    for (int limit : List.of(1, 2, 3)) {
      assertThat(ids("web", limit)).containsExactly("a", "c");
    }
    assertThat(ids("app", 1)).containsExactly("b");
    assertThat(ids("nowhere", 1)).isEmpty();
  }

  @Test
  void a_page_of_claims_goes_on_where_the_one_before_ended() {
    worker.register();
    for (int n = 1; n <= 6; n++) {
      claim(worker, work("a-" + n));
      jump(MOMENT);
    }
    Page<Claim> first = page(null, null, 3);
    worker.complete("a-3");
    worker.complete("a-5");
    claim("a-7");

    assertThat(page(null, first.next(), 10).items())
        .extracting(Claim::id)
        .containsExactly("a-4", "a-6", "a-7");
  }

  @Test
  void a_page_of_claims_holds_as_many_as_it_may() {
    KitWorker worker = worker().capacity(Page.MAX + 1).register();
    enqueue(works("a-", Page.MAX + 1));
    takeAll(worker, Page.MAX + 1);

    assertThat(Pages.sizes(Page.MAX, (cursor, limit) -> page(null, cursor, limit)))
        .containsExactly(Page.MAX, 1);
  }

  @Test
  void damaged_claims_are_left_out_and_hide_nothing() {
    enqueue(works("a-", 4));
    takeAll(worker, 4);
    damage("a-001");
    damage("a-003");

    for (int limit : List.of(1, 2, 3, 100)) {
      assertThat(ids(null, limit)).containsExactlyInAnyOrder("a-002", "a-004");
    }
  }

  private List<String> ids(@Nullable String project, int limit) {
    return Pages.all(limit, (cursor, most) -> page(project, cursor, most)).stream()
        .map(Claim::id)
        .toList();
  }

  private Page<Claim> page(@Nullable String project, @Nullable Cursor cursor, int limit) {
    return sessions().claims(org, project, cursor, limit);
  }
}
