package dev.sluice.backend.tck.work;

import dev.sluice.backend.tck.Fixture;
import dev.sluice.backend.tck.KitWorker;
import dev.sluice.backend.work.NewWork;
import org.junit.jupiter.api.Test;

/** docs/rules.md, "What is kept of a session": buckets. */
abstract class EligibilityCases extends Fixture {

  @Test
  void a_worker_that_names_no_project_takes_work_of_all() {
    enqueue(work("a").project("app"), work("b").project("web"), work("c"));

    assertThat(worker().register().take(5)).containsExactly("a", "b", "c");
  }

  @Test
  void a_worker_that_names_projects_takes_work_of_these_and_of_none_other() {
    enqueue(work("a").project("app"), work("b").project("web"), work("c").project("ops"));

    assertThat(worker().projects("web", "ops").register().take(5)).containsExactly("b", "c");
    assertThat(counts().ready()).isEqualTo(1);
  }

  @Test
  void work_of_no_project_is_taken_by_any_worker() {
    enqueue(work("a").project(NewWork.ANY_PROJECT));

    assertThat(worker().projects("web").register().take(5)).containsExactly("a");
  }

  @Test
  void a_worker_of_the_default_project_takes_nothing_of_others() {
    enqueue(work("a").project("web"), work("b"));

    assertThat(worker().projects(NewWork.ANY_PROJECT).register().take(5)).containsExactly("b");
  }

  @Test
  void project_names_match_exactly() {
    enqueue(
        work("a").project("Web"),
        work("b").project("web2"),
        work("c").project("we"),
        work("d").project("web "),
        work("e").project("web"));

    assertThat(worker().projects("web").register().take(5)).containsExactly("e");
  }

  @Test
  void a_worker_takes_what_requires_no_more_than_it_has() {
    enqueue(
        work("a").needs("gpu"),
        work("b").needs("arm"),
        work("c").needs("arm", "gpu"),
        work("d").needs("arm", "gpu", "large"),
        work("e"));

    assertThat(worker().can("gpu", "arm", "other").register().take(5))
        .containsExactly("a", "b", "c", "e");
    assertThat(worker().register().take(5)).isEmpty();
  }

  @Test
  void capabilities_match_exactly() {
    enqueue(
        work("a").needs("GPU"),
        work("b").needs("gpu-large"),
        work("c").needs("gp"),
        work("d").needs("gpu"));

    assertThat(worker().can("gpu").register().take(5)).containsExactly("d");
  }

  @Test
  void a_project_never_stands_for_a_capability_nor_one_name_for_two() {
    enqueue(
        work("a").needs("x,y"),
        work("b").needs("x y"),
        work("c").needs("x\"y"),
        work("d").project("web:x"),
        work("e").project("web|x"),
        work("f").project("web/x").needs("y"));
    KitWorker worker = worker().capacity(20).projects("web", "x", "y").can("x", "y").register();

    assertThat(worker.take(5)).isEmpty();

    enqueue(work("g").needs("x", "y"), work("h").project("web").needs("x"));
    assertThat(worker.take(5)).containsExactly("g", "h");
  }

  @Test
  void work_of_other_projects_never_hides_ones_own() {
    for (int n = 0; n < 20; n++) {
      String project = "project-" + n;
      enqueue(works(project, 10, item -> item.project(project).priority(1)));
    }
    enqueue(work("own").project("web").priority(9));

    assertThat(worker().projects("web").register().take(1)).containsExactly("own");
  }

  @Test
  void work_that_requires_more_never_hides_what_one_can_do() {
    enqueue(works("special-", 200, item -> item.needs("gpu").priority(1)));
    enqueue(work("plain").priority(9));

    assertThat(worker().register().take(1)).containsExactly("plain");
  }
}
