package dev.sluice.service.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.openapi.Prose.Piece;
import org.junit.jupiter.api.Test;

class ProseTest {

  @Test
  void paragraphsAndCodeAreToldApart() {
    Prose prose = Prose.of("Say `a` or\n`b`.\n\nElse nothing.\n");
    assertThat(prose.paragraphs()).hasSize(2);
    assertThat(prose.paragraphs().get(0).pieces())
        .containsExactly(
            new Piece("Say ", false),
            new Piece("a", true),
            new Piece(" or ", false),
            new Piece("b", true),
            new Piece(".", false));
    assertThat(prose.paragraphs().get(1).pieces())
        .containsExactly(new Piece("Else nothing.", false));
  }

  @Test
  void nothingIsNoParagraph() {
    assertThat(Prose.of("").paragraphs()).isEmpty();
  }
}
