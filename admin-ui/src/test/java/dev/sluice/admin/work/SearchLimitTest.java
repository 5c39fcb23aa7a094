package dev.sluice.admin.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches of pages and calls count together. */
class SearchLimitTest extends PageTestBase {

  private static final String VISITOR = "operator:ann";

  @BeforeEach
  void claim() {
    fleet.worker("w-1");
    fleet.work("ses-1").identifier("ENG-526").enqueue();
    fleet.poll("w-1", 1);
    fleet.work("ses-2").identifier("ENG-527").enqueue();
  }

  /** While a credential of the visitor's org makes a search. */
  private PageAnswer during(String credential, Supplier<PageAnswer> meanwhile) {
    return server.searches.run(fleet.org, credential, meanwhile);
  }

  private PageAnswer duringTwo(Supplier<PageAnswer> meanwhile) {
    return during(VISITOR, () -> during(VISITOR, meanwhile));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q=eng",
        "host=host-w-1",
        "state=waiting&q=eng",
        "state=waiting&issue=eng-527",
        "state=ended&project=payments",
      })
  void aThirdSearchOfALoginAnswersAPageThatLeadsBackToIt(String query) {
    String path = "/admin/work?" + query;

    PageAnswer refused = duringTwo(() -> page(path));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text())
        .contains("Too many searches at once", "2 searches of a login", "Try again in");
    assertThat(refused.main().selectFirst(".saying a.button").attr("href")).isEqualTo(path);
    assertThat(during(VISITOR, () -> page(path)).status()).isEqualTo(200);
    assertThat(page(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/work",
        "/admin/work?sort=cost",
        "/admin/work?state=waiting&project=payments",
        "/admin/queues/payments",
      })
  void pagesWithoutASearchAreShown(String path) {
    assertThat(duringTwo(() -> page(path)).status()).isEqualTo(200);
  }

  @Test
  void anOrgSearchesFourTimesAtATime() {
    Supplier<PageAnswer> search = () -> page("/admin/work?q=eng");

    assertThat(during("a", () -> during("a", () -> during("b", search))).status()).isEqualTo(200);
    assertThat(
            during("a", () -> during("a", () -> during("b", () -> during("b", search)))).status())
        .isEqualTo(429);
  }

  @Test
  void aRefusedSearchIsNoAnswerToOthers() {
    duringTwo(() -> page("/admin/work?q=eng"));

    assertThat(page("/admin/work?q=eng").text()).contains("ENG-526");
  }

  @Test
  void anActOnAllOfASearchChangesNothing() {
    PageAnswer refused =
        duringTwo(
            () ->
                server.post(
                    "/admin/selected/cancel",
                    "all=on&list.state=waiting&list.q=eng",
                    fleet.visitor(VisitorRole.OPERATOR)));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text()).contains("Too many searches at once");
    assertThat(page("/admin/work?state=waiting&q=eng").text()).contains("ENG-527");
  }
}
