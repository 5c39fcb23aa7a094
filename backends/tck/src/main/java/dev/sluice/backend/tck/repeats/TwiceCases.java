package dev.sluice.backend.tck.repeats;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.RefusedException;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import dev.sluice.backend.tck.OpenBackend;
import dev.sluice.backend.tck.OrgCopy;
import dev.sluice.backend.tck.RepeatingBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** docs/rules.md, "Calls carried out twice". */
abstract class TwiceCases extends OpenBackend {

  private static final String UNKNOWN = "no answer";

  /** All rows in one store: to open one for each takes as long as the rows themselves. */
  @TestFactory
  Stream<DynamicTest> a_call_carried_out_twice_is_one_call() {
    RepeatingBackend caller = store().repeating();
    Stream<DynamicTest> rows =
        Rows.all().map(row -> dynamicTest(row.toString(), () -> check(row, caller)));
    DynamicTest complete =
        dynamicTest(
            "every operation that changes an org has a row",
            () -> assertThat(caller.lost()).containsAll(caller.writes()));
    return Stream.concat(rows, Stream.of(complete)).onClose(caller::close);
  }

  private void check(Row row, RepeatingBackend caller) {
    String once = newOrg();
    String twice = newOrg();
    QueueBackend before = row.isOnOneNode() ? caller.backend() : backend();
    row.prepare(clock, new Seat(store(), before, once), new Seat(store(), before, twice));

    Seat keeps = new Seat(store(), caller.backend(), once);
    Seat loses = new Seat(store(), caller.backend(), twice);
    String expected = answer(() -> row.call(keeps));
    String answer = answer(() -> caller.losing(() -> row.call(loses)));

    if (!answer.equals(UNKNOWN)) {
      assertThat(compared(row, answer.replace(twice, once)))
          .as("answer of %s", row)
          .isEqualTo(compared(row, expected));
    }
    assertThat(compared(row, stored(twice)))
        .as("what is stored after %s", row)
        .isEqualTo(compared(row, stored(once)));
  }

  private static String compared(Row row, String text) {
    return row.isMaybeNumbered() ? text.replaceAll("\\[seq=\\d+", "[seq=") : text;
  }

  private static String answer(Supplier<@Nullable Object> call) {
    try {
      return String.valueOf(call.get());
    } catch (RefusedException e) {
      return "refused: " + e.refusal() + " at " + AnswerLog.last();
    } catch (BackendUnavailableException e) {
      assertThat(e.outcomeUnknown()).isTrue();
      return UNKNOWN;
    }
  }

  /** All that is stored of an org, which is closed then. */
  private String stored(String name) {
    List<String> stored = new ArrayList<>();
    stored.add("closure " + transfers().closure(name));
    stored.add("findings " + backend().findings().list(name));
    stored.add("keys " + credentials().keys(name));
    for (FigureDimension by : FigureDimension.values()) {
      stored.add("figures " + backend().figures().read(name, by, 0, Figures.KEPT_MS));
    }
    transfers().open(name, OrgCopy.ID, null);
    OrgCopy.leave(backend(), name).forEach(record -> stored.add(record.toString()));
    stored.replaceAll(text -> text.replace(name, "org").replace(Seat.hash(name), "hash"));
    return String.join("\n", stored);
  }
}
