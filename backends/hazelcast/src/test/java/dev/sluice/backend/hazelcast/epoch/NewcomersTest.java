package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second of two members, which has no vote. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NewcomersTest {

  private static final Seats SEATS = TestSeats.of(1, "a:1", "b:1");
  private static final UUID TICKET = UUID.randomUUID();

  @TempDir private Path directory;

  private final Newcomers newcomers = new Newcomers(SEATS, this::nanos);
  private long seconds;

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void a_report_from_before_the_first_began_is_no_reason_to_begin_again() throws IOException {
    RaftFile file = file();

    assertThat(restart(file, Epoch.NONE, 0)).isNull();
    seconds++;
    assertThat(restart(file, Epoch.NONE, 1)).isNull();
    seconds += 10;
    assertThat(restart(file, Epoch.NONE, 0)).isNull();
  }

  @Test
  void it_begins_again_if_the_first_lost_its_file_before_there_was_anything() throws IOException {
    RaftFile file = file();
    restart(file, Epoch.NONE, 0);
    seconds += 2;

    assertThat(restart(file, Epoch.NONE, 0)).isEqualTo(Base.of(2, 2, Epoch.NONE));
  }

  @Test
  void the_group_that_it_has_heard_of_does_not_begin_anew_without_its_data() throws IOException {
    Epoch epoch = new Epoch(3, List.of(new Part(0, TICKET)), Set.of(TICKET), true, false);
    RaftFile file = file();
    restart(file, epoch, 0);
    seconds += 2;

    assertThat(restart(file, epoch, 0)).isNull();
    assertThat(newcomers.unanswered(report(1, 1, 3))).endsWith("an operator decides");

    restart(file, epoch, 1);
    assertThat(newcomers.unanswered(report(1, 1, 3))).doesNotContain("an operator decides");
  }

  @Test
  void a_vote_that_the_other_never_got_is_given_again() throws IOException {
    Epoch epoch = new Epoch(3, List.of(new Part(0, TICKET)), Set.of(TICKET), true, false);
    Base handedOver = Base.of(2, 1, epoch);
    RaftFile file = RaftFile.begin(directory.resolve("file"), SEATS, handedOver);
    restart(file, epoch, 1);
    seconds += 2;

    assertThat(restart(file, epoch, 1)).isEqualTo(handedOver);
    assertThat(restart(file, epoch, 2)).as("it has it").isNull();
    restart(file, epoch, 0);
    seconds += 2;
    assertThat(restart(file, epoch, 0)).as("it may have begun, and lost its file").isNull();
  }

  @Test
  void it_begins_again_only_if_others_ended_within_its_lease() throws IOException {
    Seats three = TestSeats.of(1, "a:1", "b:1", "c:1");
    RaftFile file = RaftFile.begin(directory.resolve("three"), three, Base.of(1, 7, Epoch.NONE));
    file.persistLogEntries(
        List.of(
            RaftCodec.MODEL
                .createLogEntryBuilder()
                .setIndex(1)
                .setTerm(1)
                .setOperation(Change.TOUCH)
                .build()));
    Report own = report(1, 5, 3);
    Epoch epoch =
        new Epoch(3, List.of(new Part(1, own.ticket())), Set.of(own.ticket()), true, false);
    Map<Integer, Report> fresh = Map.of(0, report(0, 6, 0), 1, own, 2, report(0, 3, 0));
    long leaseEnd = System.nanoTime() - TimeUnit.SECONDS.toNanos(10);
    for (Map.Entry<Map<Integer, Long>, Base> each :
        List.of(
            Map.entry(Map.of(2, leaseEnd - 1), Base.of(2, 7, epoch)),
            Map.entry(Map.of(2, leaseEnd + 1), Base.of(0, 0, Epoch.NONE)))) {
      Newcomers again = new Newcomers(three, this::nanos);
      again.restart(file, epoch, own, fresh, each.getKey(), leaseEnd);
      seconds += 2;
      Base begun = again.restart(file, epoch, own, fresh, each.getKey(), leaseEnd);

      assertThat(begun == null ? Base.of(0, 0, Epoch.NONE) : begun).isEqualTo(each.getValue());
    }
  }

  private Base restart(RaftFile file, Epoch known, int generationOfTheFirst) {
    Report own = report(file.generation(), 1, known.number());
    Report first = report(generationOfTheFirst, 2, 0);
    return newcomers.restart(file, known, own, Map.of(0, first, 1, own), Map.of(), 0);
  }

  private RaftFile file() throws IOException {
    return RaftFile.begin(directory.resolve("file"), SEATS, Base.of(1, 1, Epoch.NONE));
  }

  private static Report report(int generation, int reaches, long known) {
    return new Report(
        0,
        generation,
        0,
        0,
        reaches,
        UUID.randomUUID(),
        Instance.Stage.RUNNING,
        List.of(),
        known,
        false,
        false,
        false);
  }
}
