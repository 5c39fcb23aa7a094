package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.Findings.Check;
import dev.sluice.bench.Findings.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceCheckTest {

  private final Findings findings = new Findings();
  private final BenchItems items = new BenchItems("s-", "p-", 1, 100);

  @Test
  void eachHandedOutOnceIsComplete() {
    OnceCheck once = OnceCheck.ofNumbered(findings, items, 5, 3);
    for (int i : new int[] {6, 5, 7}) {
      assertThat(once.complete()).isFalse();
      assertThat(once.handedOut(items.id(i))).isTrue();
    }
    once.reportMissing();

    assertThat(once.complete()).isTrue();
    assertThat(once.distinct()).isEqualTo(3);
    assertThat(findings.failed()).isEmpty();
  }

  @Test
  void aDoubledItemIsNamedAndNotCountedTwice() {
    OnceCheck once = OnceCheck.ofNumbered(findings, items, 0, 2);
    once.handedOut("s-00000001");
    once.handedOut("s-00000001");

    assertThat(once.complete()).isFalse();
    assertThat(findings.failed())
        .containsExactly(new Finding(Check.DOUBLED, 1, List.of("s-00000001")));
  }

  @Test
  void missingItemsAreNamed() {
    OnceCheck once = OnceCheck.ofNumbered(findings, items, 10, 3);
    once.handedOut("s-00000011");
    once.reportMissing();

    assertThat(findings.failed())
        .containsExactly(new Finding(Check.MISSING, 2, List.of("s-00000010", "s-00000012")));
  }

  @Test
  void foreignItemsAreNamedAndLeftAlone() {
    OnceCheck once = OnceCheck.ofNumbered(findings, items, 10, 3);
    List<String> foreign =
        List.of("s-00000009", "s-00000013", "t-00000010", "s-10", "s-0000001x", "");

    assertThat(foreign).noneMatch(once::handedOut);
    assertThat(findings.failed()).containsExactly(new Finding(Check.FOREIGN, 6, foreign));
  }

  @Test
  void tenOffendersAreListedAndAllCounted() {
    OnceCheck once = OnceCheck.ofNumbered(findings, items, 0, 30);
    once.reportMissing();

    Finding missing = findings.failed().get(0);
    assertThat(missing.count()).isEqualTo(30);
    assertThat(missing.offenders()).hasSize(10).startsWith("s-00000000").endsWith("s-00000009");
  }

  @Test
  void anyIdsAreOnlyCountedAndComparedWithEachOther() {
    OnceCheck once = OnceCheck.ofAny(findings, 3);
    assertThat(once.handedOut("ses_a")).isTrue();
    assertThat(once.handedOut("ses_b")).isTrue();
    assertThat(once.handedOut("ses_a")).isTrue();
    once.reportMissing();

    assertThat(once.complete()).isFalse();
    assertThat(findings.failed())
        .extracting(Finding::check)
        .containsExactly(Check.DOUBLED, Check.MISSING);
  }
}
