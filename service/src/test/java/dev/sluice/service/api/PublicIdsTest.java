package dev.sluice.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.errors.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Expected values are those of {@code printf %s ses_demo | sha256sum} and {@code openssl dgst
 * -hmac}.
 */
class PublicIdsTest {

  private static final String LONG = "9b1c56212e9ff46f5e153a41a56b4a2a";

  @Test
  void withoutASaltTheShortFormIsAPlainHash() {
    assertThat(new PublicIds(null).of("ses_demo")).containsExactly("36466fcaaf436d99", LONG);
  }

  @Test
  void aSaltKeysTheShortFormAlone() {
    assertThat(new PublicIds("pepper").of("ses_demo")).containsExactly("0a62c2854b3a11b3", LONG);
  }

  @Test
  void bothFormsAreTakenAndNothingElse() {
    for (String good : List.of("0123456789abcdef", "0123456789abcdef0123456789abcdef")) {
      assertThat(PublicIds.check(good)).isEqualTo(good);
    }
    for (String bad :
        List.of(
            "",
            "ses_demo",
            "0123456789abcde",
            "0123456789abcdef0",
            "0123456789ABCDEF",
            "0123456789abcdeg",
            "0123456789abcdef\n",
            "0123456789abcdef0123456789abcdef0")) {
      assertThatThrownBy(() -> PublicIds.check(bad))
          .as(bad)
          .isInstanceOf(ApiException.class)
          .hasMessage("Invalid session ID format");
    }
  }
}
