package dev.sluice.service.auth.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.Cursor;
import dev.sluice.backend.Refusal;
import dev.sluice.backend.RefusedException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SealedCursorsTest {

  private static final String ORG = "acme";
  private static final String OLD = "a-signing-secret-of-more-than-32-characters";
  private static final String NEW = "another-signing-secret-of-more-than-32-characters";
  private static final String POSITION = new Cursor(1_795_705_652_062L, "secret-project").text();

  private final SealedCursors cursors = cursors("dead", OLD);

  @Test
  void aSealedCursorIsOpenedByEveryNodeWithTheSecret() {
    for (String position : List.of("e", "ended...", POSITION, "x".repeat(64), "x".repeat(65))) {
      String sealed = seal(position);
      assertThat(cursors("dead", OLD).open(ORG, sealed)).isEqualTo(position);
      assertThat(seal(position)).isNotEqualTo(sealed);
    }
    assertThat(seal("e")).hasSameSizeAs(seal(POSITION));
  }

  @Test
  void theBeginningAndTheEndHaveNone() {
    assertThat(cursors.open(ORG, null)).isNull();
    assertThat(cursors.open(ORG, "")).isNull();
    assertThat(cursors.seal(ORG, null)).isNull();
  }

  @Test
  void anEarlierSecretOpensUntilItIsRemoved() {
    String sealed = seal(POSITION);
    SealedCursors both = cursors("dead", NEW, OLD);

    assertThat(both.open(ORG, sealed)).isEqualTo(POSITION);
    refused(cursors, ORG, Objects.requireNonNull(both.seal(ORG, POSITION)));
    refused(cursors("dead", NEW), ORG, sealed);
  }

  @Test
  void everythingElseIsRefused() {
    String sealed = seal(POSITION);
    refused(cursors, "other", sealed);
    refused(cursors("queues", OLD), ORG, sealed);
    for (int at = 0; at < sealed.length(); at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      refused(cursors, ORG, sealed.substring(0, at) + other + sealed.substring(at + 1));
      refused(cursors, ORG, sealed.substring(0, at) + "*" + sealed.substring(at + 1));
      if (at > 0) {
        refused(cursors, ORG, sealed.substring(0, at));
      }
    }
    for (String wrong : List.of(sealed + "=", sealed + "A", POSITION, " ", "e", "\u00e9")) {
      refused(cursors, ORG, wrong);
    }
  }

  private String seal(String position) {
    return Objects.requireNonNull(cursors.seal(ORG, position));
  }

  private static SealedCursors cursors(String list, String secret, String... previous) {
    return new SealedCursors(new SigningKeys(() -> secret, List.of(previous), () -> "here"), list);
  }

  private static void refused(SealedCursors cursors, String org, String cursor) {
    assertThatThrownBy(() -> cursors.open(org, cursor), cursor)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.BAD_CURSOR));
  }
}
