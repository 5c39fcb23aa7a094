package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.message.RaftMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BallotTest {

  @TempDir private Path directory;

  private final Map<Integer, Ballot> ballots = new ConcurrentHashMap<>();
  private final Set<Integer> cutOff = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    ballots.values().forEach(Ballot::close);
  }

  @Test
  @Timeout(120)
  void members_that_heard_a_late_leader_again_elect_another_once_it_is_gone() throws Exception {
    for (int seat = 0; seat < 3; seat++) {
      ballots.put(seat, ballot(seat));
    }
    await(() -> leader() != Seat.NONE && all(leader()));
    int leader = leader();
    for (int seat : new TreeMap<>(ballots).keySet()) {
      if (seat != leader) {
        cutOff.add(seat);
        await(() -> ballots.get(seat).leader() == Seat.NONE);
        cutOff.clear();
        await(() -> all(leader));
      }
    }

    ballots.remove(leader).close();

    await(() -> leader() != Seat.NONE && leader() != leader);
    assertThat(ballots).containsKey(leader());
  }

  @Test
  @Timeout(120)
  void a_leader_that_hands_over_was_followed_until_then() throws Exception {
    for (int seat = 0; seat < 3; seat++) {
      ballots.put(seat, ballot(seat));
    }
    await(() -> leader() != Seat.NONE && all(leader()));
    int leader = leader();
    int next = (leader + 1) % 3;
    int term = ballots.get(leader).term();
    long began = System.nanoTime();
    await(() -> ballots.get(next).followedEarlierMs(term) > 3_000);

    ballots.get(leader).transferTo(next).join();

    await(() -> ballots.get(next).leads());
    long lastMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + 1;
    assertThat(ballots.values())
        .allSatisfy(each -> assertThat(each.followedEarlierMs(term + 1)).isLessThan(lastMs));
  }

  private boolean all(int leader) {
    return ballots.values().stream().allMatch(each -> each.leader() == leader);
  }

  private int leader() {
    return ballots.entrySet().stream()
        .filter(each -> each.getValue().leads())
        .mapToInt(Map.Entry::getKey)
        .findAny()
        .orElse(Seat.NONE);
  }

  private Ballot ballot(int seat) throws IOException {
    Seats seats = TestSeats.of(seat, "a", "b", "c");
    RaftFile file =
        RaftFile.begin(directory.resolve("raft-" + seat), seats, Base.of(1, 7, Epoch.NONE));
    return new Ballot(file, seat, 2, (to, bytes) -> carry(seat, to, bytes));
  }

  private void carry(int from, int to, byte[] bytes) {
    Ballot target = ballots.get(to);
    if (target == null || cutOff.contains(from) || cutOff.contains(to)) {
      return;
    }
    try {
      Notes.read(from, bytes, new To(target)).run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private record To(Ballot target) implements Notes.Receiver {

    @Override
    public void raft(RaftMessage message) {
      target.handle(message);
    }

    @Override
    public void report(int from, Report report) {
      throw new AssertionError(report);
    }

    @Override
    public void answer(Answer answer) {
      throw new AssertionError(answer);
    }

    @Override
    public void base(Base base) {
      throw new AssertionError(base);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20); // the timers of the library run on the machine's clock
    }
  }
}
