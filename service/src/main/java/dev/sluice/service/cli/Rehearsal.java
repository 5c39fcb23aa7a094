package dev.sluice.service.cli;

import dev.sluice.backend.sessions.ClaimState;
import dev.sluice.backend.sessions.ReturnInfo;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.work.Place;
import dev.sluice.backend.work.Subject;
import dev.sluice.service.transfer.ExportFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/**
 * Invented sessions, written to the target of a move, read and deleted before the source is closed:
 * a server that has just started is several times slower at first.
 */
final class Rehearsal {

  private static final int MOST = 10_000;
  private static final int SHARE = 8;

  static final int ROUNDS = 8;

  /** A round that takes this part of the time of the fastest before, or more, gained nothing. */
  static final double NO_FASTER = 0.97;

  /** Rounds in a row without a gain that end it. One alone may be bad luck. */
  static final int IDLE_ROUNDS = 2;

  private Rehearsal() {}

  /** Returns how many sessions are worth their time before a move of so many. */
  static int sessions(long moved) {
    return (int) Math.min(MOST, moved / SHARE);
  }

  static InputStream lines(int sessions) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ExportFile.make(
        lines,
        "rehearsal",
        records -> {
          for (int i = 0; i < sessions; i++) {
            records.accept(session("rehearsal-" + i));
          }
        });
    return new ByteArrayInputStream(lines.toByteArray());
  }

  private static SessionCopy session(String id) {
    return new SessionCopy(
        id,
        id,
        id,
        new Subject("Rehearsal of a move", "", ""),
        "rehearsal",
        List.of(),
        null,
        3,
        1,
        1,
        0,
        0,
        1,
        1,
        id,
        "{\"prompt\":\"" + "Rehearsal of a move. ".repeat(15) + "\"}",
        List.of(UUID.randomUUID().toString()),
        Place.READY,
        SessionState.PENDING,
        0,
        0,
        1,
        0,
        ClaimState.NONE,
        ReturnInfo.NONE,
        List.of());
  }
}
