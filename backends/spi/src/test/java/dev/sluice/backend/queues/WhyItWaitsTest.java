package dev.sluice.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Dialect;
import dev.sluice.backend.queues.WaitReason.Kind;
import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.Failure;
import dev.sluice.backend.sessions.Nacker;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.NewWork;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Score;
import dev.sluice.backend.work.Subject;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import dev.sluice.backend.workers.Worker;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhyItWaitsTest {

  private static final long NOW = Instant.parse("2026-03-02T09:30:00Z").toEpochMilli();
  private static final long SOON = NOW + 60_000;
  private static final String SOON_WORDS = "2026-03-02T09:31:00Z";
  private static final ProjectQueue OPEN = queue(0, QueueLimits.NONE, null);
  private static final List<Worker> FREE = List.of(worker());

  @Test
  void readyWorkThatSomebodyMayTakeWaitsForItsTurn() {
    assertThat(why(ready(1), OPEN, FREE))
        .containsExactly(reason(Kind.IN_ORDER, "next in its project, waits for a free worker"));
    assertThat(why(ready(2), OPEN, FREE))
        .containsExactly(reason(Kind.IN_ORDER, "1 item of its project is ahead"));
    assertThat(why(ready(8), OPEN, FREE))
        .containsExactly(reason(Kind.IN_ORDER, "7 items of its project are ahead"));
    assertThat(why(ready(0), OPEN, FREE))
        .containsExactly(reason(Kind.IN_ORDER, "more than 10,000 items of its project are ahead"));
  }

  @Test
  void parkedWorkWaitsBehindItsIssuesBest() {
    Session parked = session(Place.PARKED, 0);

    assertThat(WhyItWaits.reasons(new Standing(parked, "best", false, OPEN), FREE, NOW))
        .containsExactly(
            reason(Kind.BEHIND_ISSUE, "behind session best of its issue, which goes first"));
    assertThat(WhyItWaits.reasons(new Standing(parked, "best", true, OPEN), FREE, NOW))
        .containsExactly(
            reason(Kind.BEHIND_ISSUE, "behind session best of its issue, which is claimed"));
  }

  @Test
  void laterWorkWaitsForItsTime() {
    assertThat(why(session(Place.LATER, 0), OPEN, FREE))
        .containsExactly(reason(Kind.NOT_BEFORE, "scheduled for " + SOON_WORDS));
  }

  @Test
  void theCauseOfAFailureIsSaidWithoutItsEscapes() {
    TreeMap<String, String> told =
        new TreeMap<>(Map.of(Failure.FIELD, "\"\\u003cno \\\"git\\\"\\u003e\""));

    assertThat(why(session(Place.RETURNED, 1).withFields(told), OPEN, FREE))
        .extracting(WaitReason::words)
        .containsExactly(
            "worker wkr-1 failed to run it (<no \"git\">) and isn't offered it before "
                + SOON_WORDS);
    assertThat(why(session(Place.LATER, 0).withFields(told), OPEN, FREE))
        .extracting(WaitReason::words)
        .containsExactly("its run failed (<no \"git\">), and it waits until " + SOON_WORDS);
  }

  @Test
  void returnedWorkIsKeptFromOneWorker() {
    assertThat(why(session(Place.RETURNED, 1), OPEN, FREE))
        .containsExactly(
            reason(
                Kind.NACKED, "worker wkr-1 nacked it and isn't offered it before " + SOON_WORDS));
  }

  @Test
  void theWorkerThatNackedItDoesNotCountAsOneThatCouldTakeIt() {
    assertThat(kinds(why(session(Place.RETURNED, 1), OPEN, List.of(worker()))))
        .as("nobody else")
        .containsExactly(Kind.NACKED);
    assertThat(kinds(why(session(Place.RETURNED, 1), OPEN, List.of(worker(), otherFull()))))
        .containsExactly(Kind.NACKED, Kind.WORKERS_FULL);
  }

  @Test
  void aPauseSaysWhoAndUntilWhenAndWhy() {
    assertThat(why(ready(1), queue(0, QueueLimits.NONE, new Pause("", "ann", 1, 0)), FREE))
        .containsExactly(reason(Kind.PAUSED, "project web was paused by ann"));
    assertThat(
            why(
                ready(1),
                queue(0, QueueLimits.NONE, new Pause("release day", "ann", 1, SOON)),
                FREE))
        .containsExactly(
            reason(
                Kind.PAUSED,
                "project web was paused by ann until " + SOON_WORDS + ": release day"));
  }

  @Test
  void aCapSaysHowManyAreClaimed() {
    assertThat(why(ready(1), queue(3, new QueueLimits(2, null), null), FREE))
        .containsExactly(reason(Kind.CAPPED, "project web has 3 claimed sessions, its limit is 2"));
  }

  @Test
  void aSpentBudgetIsSaid() {
    assertThat(why(ready(1), queue(0, new QueueLimits(null, 100L), null), FREE))
        .containsExactly(
            reason(Kind.OVER_BUDGET, "project web has used up its budget of this UTC day"));
  }

  @Test
  void aLevelThatNoMachineReachesIsSaidWithTheBestThereIs() {
    Session work = session(Place.READY, 1, "web", List.of("gpu", "isolation>=container"));
    Worker plain = worker(List.of("web"), List.of("gpu"));
    Worker sandbox = worker(List.of("web"), List.of("isolation>=os-sandbox"));
    Worker container =
        worker(List.of("web"), List.of("isolation>=os-sandbox", "isolation>=container"));

    assertThat(why(work, OPEN, List.of(plain)))
        .containsExactly(
            reason(
                Kind.NO_CAPABILITY,
                "it needs isolation container, and the best worker attests host-user"));
    assertThat(why(work, OPEN, List.of(plain, sandbox)))
        .containsExactly(
            reason(
                Kind.NO_CAPABILITY,
                "it needs isolation container, and the best worker attests os-sandbox"));
    assertThat(why(work, OPEN, List.of(plain, container)))
        .as("no single one")
        .containsExactly(
            reason(
                Kind.NO_CAPABILITY,
                "no worker that takes project web has gpu, isolation>=container"));
  }

  @Test
  void workThatNobodyTakesIsSaidWithWhatItNeeds() {
    Worker elsewhere = worker(List.of("app"), List.of("gpu", "arm"));
    Worker unable = worker(List.of("web"), List.of("gpu"));
    Session plain = ready(1);
    Session special = session(Place.READY, 1, "web", List.of("arm", "gpu"));

    assertThat(why(plain, OPEN, List.of()))
        .containsExactly(reason(Kind.NO_WORKER, "no worker takes project web"));
    assertThat(why(plain, OPEN, List.of(elsewhere)))
        .containsExactly(reason(Kind.NO_WORKER, "no worker takes project web"));
    assertThat(why(special, OPEN, List.of(elsewhere, unable)))
        .containsExactly(
            reason(Kind.NO_CAPABILITY, "no worker that takes project web has arm, gpu"));
    assertThat(why(special, OPEN, List.of(elsewhere)))
        .as("whatever they have")
        .containsExactly(reason(Kind.NO_WORKER, "no worker takes project web"));
  }

  @Test
  void aWorkerTakesItsProjectsOrAllOfThemAndAnyTakesTheDefault() {
    Worker web = worker(List.of("app", "web"), List.of());
    Worker app = worker(List.of("app"), List.of());
    Session any = session(Place.READY, 1, NewWork.ANY_PROJECT, List.of());

    assertThat(kinds(why(ready(1), OPEN, List.of(app, web)))).containsExactly(Kind.IN_ORDER);
    assertThat(kinds(why(any, OPEN, List.of(app)))).containsExactly(Kind.IN_ORDER);
  }

  @Test
  void aRevokedWorkerTakesNothing() {
    assertThat(kinds(why(ready(1), OPEN, List.of(revoked())))).containsExactly(Kind.NO_WORKER);
  }

  @Test
  void workersThatCanNotSayWhy() {
    assertThat(why(ready(1), OPEN, List.of(silent())))
        .containsExactly(reason(Kind.WORKERS_SILENT, "1 worker that takes it is silent"));
    assertThat(why(ready(1), OPEN, List.of(draining(), drained(), retired())))
        .containsExactly(reason(Kind.WORKERS_DRAINING, "3 workers that take it are draining"));
    assertThat(why(ready(1), OPEN, List.of(quarantined(NOW + 1))))
        .containsExactly(reason(Kind.WORKERS_QUARANTINED, "1 worker that takes it is quarantined"));
    assertThat(why(ready(1), OPEN, List.of(nacking())))
        .containsExactly(
            reason(
                Kind.WORKERS_NACKING,
                "1 worker that takes it is kept from work by too many standing nacks"));
    assertThat(why(ready(1), OPEN, List.of(full())))
        .containsExactly(reason(Kind.WORKERS_FULL, "1 worker that takes it is full"));
  }

  @Test
  void eachKindOfWorkerThatCanNotIsCountedApart() {
    assertThat(kinds(why(ready(1), OPEN, List.of(full(), quarantined(SOON), drained(), silent()))))
        .containsExactly(
            Kind.WORKERS_SILENT,
            Kind.WORKERS_DRAINING,
            Kind.WORKERS_QUARANTINED,
            Kind.WORKERS_FULL);
  }

  @Test
  void aQuarantineThatIsOverIsNone() {
    assertThat(kinds(why(ready(1), OPEN, List.of(quarantined(NOW)))))
        .containsExactly(Kind.IN_ORDER);
  }

  @Test
  void oneWorkerThatCanIsEnough() {
    assertThat(kinds(why(ready(1), OPEN, List.of(silent(), full(), worker()))))
        .containsExactly(Kind.IN_ORDER);
  }

  @Test
  void allReasonsAreSaidTheNearestFirst() {
    ProjectQueue closed =
        queue(3, new QueueLimits(2, 100L), new Pause("release day", "ann", 1, SOON));
    Standing standing = new Standing(session(Place.PARKED, 0), "best", true, closed);

    assertThat(kinds(WhyItWaits.reasons(standing, List.of(full()), NOW)))
        .containsExactly(
            Kind.BEHIND_ISSUE, Kind.PAUSED, Kind.CAPPED, Kind.OVER_BUDGET, Kind.WORKERS_FULL);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLAIMED", "DEAD", "ENDED"})
  void whatDoesNotWaitHasNoReason(Place place) {
    assertThat(why(session(place, 0), OPEN, List.of())).isEmpty();
  }

  @Test
  void everyReasonHasANameOnTheWire() {
    assertThat(Arrays.stream(Kind.values()).map(WaitReason.Kind::wire))
        .containsExactly(
            "behind-issue",
            "not-before",
            "nacked",
            "paused",
            "capped",
            "over-budget",
            "in-order",
            "no-worker",
            "no-capability",
            "workers-silent",
            "workers-draining",
            "workers-quarantined",
            "workers-nacking",
            "workers-full",
            "no-repository");
  }

  private static List<WaitReason> why(Session session, ProjectQueue queue, List<Worker> workers) {
    return WhyItWaits.reasons(new Standing(session, null, false, queue), workers, NOW);
  }

  private static List<WaitReason.Kind> kinds(List<WaitReason> reasons) {
    return reasons.stream().map(WaitReason::kind).toList();
  }

  private static WaitReason reason(WaitReason.Kind kind, String words) {
    return new WaitReason(kind, words);
  }

  private static ProjectQueue queue(long claimed, QueueLimits limits, @Nullable Pause pause) {
    Counts counts = new Counts(1, 0, 0, 0, claimed, 0);
    return new ProjectQueue(
        "web", counts, limits, limits.equals(QueueLimits.NONE) ? 0 : 100, pause, 0);
  }

  private static Session ready(int position) {
    return session(Place.READY, position);
  }

  private static Session session(Place place, int position) {
    return session(place, position, "web", List.of());
  }

  private static Session session(
      Place place, int position, String project, List<String> capabilities) {
    return new Session(
        "ses-1",
        "issue-1",
        "ISSUE-1",
        Subject.NONE,
        project,
        place,
        SessionState.PENDING,
        3,
        NOW,
        position,
        0,
        0,
        NOW,
        NOW,
        0,
        Score.of(3, NOW),
        capabilities,
        null,
        place == Place.LATER ? SOON : 0,
        0,
        ClaimState.NONE,
        place == Place.RETURNED
            ? new ReturnInfo("wkr-1", SOON, null, null, List.of(new Nacker("wkr-1", 1, SOON)))
            : ReturnInfo.NONE,
        "{}");
  }

  private static Worker worker() {
    return worker(List.of(), List.of());
  }

  private static Worker worker(List<String> projects, List<String> capabilities) {
    return worker(projects, capabilities, List.of(), Set.of(), 0);
  }

  private static Worker silent() {
    return worker(List.of(), List.of(), List.of(), EnumSet.of(Flag.SILENT), 0);
  }

  private static Worker draining() {
    return worker(List.of(), List.of(), List.of(), EnumSet.of(Flag.DRAINING), 0);
  }

  private static Worker drained() {
    return worker(List.of(), List.of(), List.of(), EnumSet.of(Flag.DRAINED), 0);
  }

  private static Worker retired() {
    return worker(List.of(), List.of(), List.of(), EnumSet.of(Flag.RETIRED), 0);
  }

  private static Worker revoked() {
    return worker(List.of(), List.of(), List.of(), EnumSet.of(Flag.REVOKED), 0);
  }

  private static Worker quarantined(long until) {
    return worker(List.of(), List.of(), List.of(), Set.of(), until);
  }

  private static Worker nacking() {
    return worker(List.of(), List.of(), List.of(), EnumSet.of(Flag.NACKING), 0);
  }

  private static Worker full() {
    return worker(List.of(), List.of(), List.of("a", "b"), Set.of(), 0);
  }

  enum Flag {
    SILENT,
    DRAINING,
    DRAINED,
    RETIRED,
    REVOKED,
    NACKING
  }

  private static Worker otherFull() {
    return worker("wkr-2", List.of(), List.of(), List.of("a", "b"), Set.of(), 0);
  }

  static Worker worker(
      List<String> projects,
      List<String> capabilities,
      List<String> active,
      Set<Flag> flags,
      long quarantinedUntil) {
    return worker("wkr-1", projects, capabilities, active, flags, quarantinedUntil);
  }

  private static Worker worker(
      String id,
      List<String> projects,
      List<String> capabilities,
      List<String> active,
      Set<Flag> flags,
      long quarantinedUntil) {
    Registration registration =
        new Registration(
            id,
            "key-1",
            Dialect.STANDARD,
            "host",
            2,
            Projects.of(projects),
            capabilities,
            flags.contains(Flag.DRAINING),
            "{}");
    return new Worker(
        registration,
        0,
        active,
        NOW,
        NOW,
        flags.contains(Flag.SILENT),
        flags.contains(Flag.DRAINED),
        0,
        0,
        quarantinedUntil,
        flags.contains(Flag.NACKING) ? 64 : 63,
        64,
        flags.contains(Flag.RETIRED),
        flags.contains(Flag.REVOKED),
        0,
        null,
        0,
        List.of(),
        List.of(),
        null,
        "",
        0,
        0,
        0);
  }
}
