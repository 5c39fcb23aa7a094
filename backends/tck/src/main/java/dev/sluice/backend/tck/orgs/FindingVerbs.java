package dev.sluice.backend.tck.orgs;

import dev.sluice.backend.findings.Finding;
import dev.sluice.backend.findings.FindingNotice;
import dev.sluice.backend.findings.SeenFinding;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.Fixture;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

abstract class FindingVerbs extends Fixture {

  static final Duration SEEN = Duration.ofMinutes(1);

  static final SeenFinding DEAD = new SeenFinding("dead", "", "", "2 dead letters");

  static SeenFinding about(String project) {
    return new SeenFinding("no-worker", project, project, "no worker takes " + project);
  }

  boolean look(SeenFinding... seen) {
    return findings().observe(org, List.of(seen), SEEN.toMillis(), true);
  }

  List<Finding> all() {
    return findings().list(org);
  }

  Finding only() {
    assertThat(all()).hasSize(1);
    return all().get(0);
  }

  List<FindingNotice> take(String... delivered) {
    return findings().takeNotices(org, List.of(delivered), 10);
  }

  /** Takes all, and says that they are delivered. */
  List<FindingNotice> told() {
    List<FindingNotice> notices = take();
    assertThat(take(notices.stream().map(FindingNotice::id).toArray(String[]::new))).isEmpty();
    return notices;
  }

  /** Checks how many sequence numbers a call takes. */
  void assertTakes(int numbers, Supplier<?> call) {
    long before = seq();
    assertThat(AnswerLog.numberOf(call)).as("its number").isEqualTo(before + numbers);
    assertThat(seq()).as("the last number").isEqualTo(before + numbers);
  }
}
