package dev.sluice.backend.hazelcast.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microraft.persistence.RestoredRaftState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RaftFileTest {

  private static final Seats SEATS = TestSeats.of(0, "a", "b", "c");

  @TempDir private Path directory;

  @Test
  void term_vote_and_log_come_back() throws IOException {
    RaftFile file = RaftFile.begin(path(), SEATS, Base.of(3, 7, Epoch.NONE));
    assertThat(file.begun()).isEqualTo(Base.of(3, 7, Epoch.NONE));
    Change found = new Change(Change.Kind.FOUND, 0, List.of(new Part(1, UUID.randomUUID())));
    file.persistAndFlushTerm(
        RaftCodec.MODEL
            .createRaftTermPersistentStateBuilder()
            .setTerm(5)
            .setVotedFor(new Seat(2))
            .build());
    file.persistLogEntries(
        List.of(
            RaftCodec.MODEL
                .createLogEntryBuilder()
                .setIndex(1)
                .setTerm(5)
                .setOperation(found)
                .build()));
    file.flush();

    RaftFile again = RaftFile.open(path(), SEATS);
    assertThat(again).isNotNull();
    RestoredRaftState state = again.restored();
    assertThat(state.getTermPersistentState().getTerm()).isEqualTo(5);
    assertThat(state.getTermPersistentState().getVotedFor()).isEqualTo(new Seat(2));
    assertThat(state.getLogEntries()).hasSize(1);
    assertThat(state.getLogEntries().get(0).getOperation()).isEqualTo(found);
    assertThat(again.generation()).isEqualTo(3);
    assertThat(again.begun()).as("it knows more than its base").isNull();
  }

  @Test
  void every_damaged_byte_is_found() throws IOException {
    RaftFile.begin(path(), SEATS, Base.of(1, 7, Epoch.NONE));
    byte[] bytes = Files.readAllBytes(path());
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 1;
      Files.write(path(), damaged);
      assertThatThrownBy(() -> RaftFile.open(path(), SEATS))
          .as("byte %d", i)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void another_list_of_members_is_refused() throws IOException {
    RaftFile.begin(path(), SEATS, Base.of(1, 7, Epoch.NONE));

    for (Seats other : List.of(TestSeats.of(0, "a", "b"), TestSeats.of(0, "a", "c", "b"))) {
      assertThatThrownBy(() -> RaftFile.open(path(), other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("[a, b, c]")
          .hasMessageContaining(other.names().toString());
    }
  }

  @Test
  void none_is_there_before_the_first() throws IOException {
    assertThat(RaftFile.open(path(), SEATS)).isNull();
  }

  private Path path() {
    return directory.resolve("cluster-a");
  }
}
