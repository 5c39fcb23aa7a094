package dev.sluice.service.api.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.Session;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.DeadReason;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionAnswerTest {

  @Test
  void aSessionWhoseItemWasLostIsAnsweredAllTheSame() {
    Session lost = lost();
    assertThat(SessionObject.of("org", lost).status()).isEqualTo("failed");
    assertThat(SessionObject.of("org", lost).hasPrompt()).isFalse();
    assertThat(SessionList.One.of(lost, Titles.ALL, List.of()).session().identifier())
        .isEqualTo("ENG-1");
    assertThat(WorkAnswers.Work.of(lost, true, List.of(), null).dead())
        .isEqualTo(new WorkAnswers.Reason("item-missing", "its item is missing from the store"));
  }

  private static Session lost() {
    return new Session(
        "s",
        "i",
        "ENG-1",
        Subject.NONE,
        "p",
        Place.DEAD,
        SessionState.FAILED,
        3,
        1_000,
        0,
        0,
        0,
        1_000,
        2_000,
        2_000,
        0,
        List.of(),
        null,
        0,
        0,
        ClaimState.NONE,
        ReturnInfo.NONE.withDead(DeadReason.ITEM_MISSING),
        "");
  }
}
