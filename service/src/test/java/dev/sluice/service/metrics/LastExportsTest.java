package dev.sluice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.AuditNote;
import dev.sluice.backend.Cursor;
import dev.sluice.backend.Page;
import dev.sluice.backend.Rules;
import dev.sluice.backend.audit.Audit;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.tck.MovableClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts that {@link FleetCollectorTest} doesn't show. */
class LastExportsTest {

  private static final String ORG = "acme";
  private static final AuditNote BY = new AuditNote("ann", "nightly");

  private final MovableClock clock = new MovableClock();
  private Audit store = new MemoryBackend(Rules.DEFAULTS, clock).audit();
  private long nanos;
  private final LastExports exports = new LastExports(new PresentAudit(), () -> nanos);

  @Test
  void aRepeatedExportIsTheSameLineAtALaterTime() {
    long id = audited("export");
    assertThat(lastExport()).isEqualTo(clock.now());
    clock.jump(Duration.ofDays(1));
    assertThat(audited("export")).isEqualTo(id);
    assertThat(lastExport()).isEqualTo(clock.now());
  }

  @Test
  void aRestoredOrgWithEarlierLinesIsReadFromTheBeginning() {
    for (int i = 0; i < 10; i++) {
      audited("pause");
      audited("resume");
    }
    audited("export");
    assertThat(lastExport()).isEqualTo(clock.now());

    store = new MemoryBackend(Rules.DEFAULTS, clock).audit();
    audited("pause");
    assertThat(lastExport()).as("the store has no export any more").isZero();
    clock.jump(Duration.ofDays(1));
    audited("export");
    audited("resume");
    assertThat(lastExport()).isEqualTo(clock.now());
  }

  private long audited(String verb) {
    return store.add(ORG, BY, verb, "x", "").id();
  }

  private long lastExport() {
    nanos += LastExports.EVERY.toNanos();
    return exports.of(ORG);
  }

  /** The log of a store that is replaced while the node runs. */
  private final class PresentAudit implements Audit {
    @Override
    public Page<AuditLine> list(String org, @Nullable Cursor cursor, int limit) {
      return store.list(org, cursor, limit);
    }

    @Override
    public AuditLine add(String org, AuditNote note, String verb, String object, String detail) {
      return store.add(org, note, verb, object, detail);
    }
  }
}
