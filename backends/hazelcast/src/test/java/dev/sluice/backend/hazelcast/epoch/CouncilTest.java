package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The second of two members, whose first one is gone. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CouncilTest {

  @TempDir private Path directory;

  private final Gate gate = new Gate();
  private final BlockingQueue<String> accepted = new LinkedBlockingQueue<>();
  private final Alone instance = new Alone();
  private Seats seats;
  private Council council;

  @BeforeEach
  void make() throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int seat = 0; seat < 2; seat++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        addresses.add(InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort()));
      }
    }
    seats = new Seats(List.of("a:1", "b:1"), addresses, 1, 1);
    council = council();
  }

  @AfterEach
  void close() {
    council.close();
  }

  @Test
  void it_goes_on_alone_by_the_word_of_an_operator() throws Exception {
    RaftFile.begin(file(), seats, Base.of(1, 1, Epoch.NONE));
    council.start();
    assertThat(gate.number()).isEqualTo(Gate.CLOSED);
    Files.createFile(directory.resolve(OperatorsWord.FILE));

    assertThat(accepted.take()).isEqualTo(System.getProperty("user.name"));
    assertThat(gate.number()).isNotEqualTo(Gate.CLOSED);
    assertThat(directory.resolve(OperatorsWord.FILE)).doesNotExist();
    council.close();
    Base kept = RaftFile.open(file(), seats).base();
    assertThat(kept.generation()).isEqualTo(2);
    assertThat(kept.voters()).as("it has the vote now").isEqualTo(2);
  }

  @Test
  void a_second_process_of_a_member_leaves_the_file_alone() throws Exception {
    council.start();

    assertThatThrownBy(this::council)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't listen on");
  }

  @Test
  void a_file_of_another_list_stops_the_start() throws Exception {
    RaftFile.begin(file(), TestSeats.of(1, "b:1", "a:1"), Base.of(1, 1, Epoch.NONE));

    assertThatThrownBy(council::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[b:1, a:1]");
  }

  private Path file() {
    return directory.resolve("cluster-b-1");
  }

  private Council council() throws IOException {
    return new Council(
        seats,
        "test",
        "",
        directory,
        instance,
        gate,
        new CouncilListener() {
          @Override
          public void failed(String words) {
            throw new AssertionError(words);
          }

          @Override
          public void accepted(String operator) {
            accepted.add(operator);
          }
        });
  }

  /** An instance that runs and sees no other. */
  private static final class Alone implements Instance {

    private final UUID ticket = UUID.randomUUID();

    @Override
    public Stage stage() {
      return Stage.RUNNING;
    }

    @Override
    public UUID ticket() {
      return ticket;
    }

    @Override
    public List<UUID> view() {
      return List.of(ticket);
    }

    @Override
    public Gate.@Nullable View view(Set<UUID> tickets) {
      return tickets.equals(Set.of(ticket)) ? () -> true : null;
    }

    @Override
    public void found() {
      throw new AssertionError("it runs");
    }

    @Override
    public void join(int seat) {
      throw new AssertionError("nothing to join");
    }

    @Override
    public boolean safe(long number) {
      return true;
    }
  }
}
