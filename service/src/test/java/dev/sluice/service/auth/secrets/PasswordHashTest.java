package dev.sluice.service.auth.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

  /** The result of Python's hashlib.pbkdf2_hmac for the password and salt below. */
  private static final String OTHER_PROGRAMS =
      "348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1";

  @Test
  void whatAnotherProgramMadeIsTakenToo() {
    String salt = base64("saltSALTsaltSALTsaltSALTsaltSALTsalt".getBytes());
    String form =
        "pbkdf2-sha256$4096$" + salt + "$" + base64(HexFormat.of().parseHex(OTHER_PROGRAMS));
    PasswordHash hash = PasswordHash.parse(form);
    assertThat(hash.matches("passwordPASSWORDpassword")).isTrue();
    assertThat(hash.matches("passwordPASSWORDpasswor")).isFalse();
    assertThat(hash.iterations()).isEqualTo(4096);
    assertThat(hash.text()).isEqualTo(form);
  }

  @Test
  void eachHashHasASaltOfItsOwn() {
    PasswordHash one = PasswordHash.of("p\u00e4ss \ud83d\ude00", 10);
    PasswordHash other = PasswordHash.of("p\u00e4ss \ud83d\ude00", 10);
    assertThat(one.text()).isNotEqualTo(other.text()).startsWith("pbkdf2-sha256$10$");
    assertThat(PasswordHash.parse(one.text()).matches("p\u00e4ss \ud83d\ude00")).isTrue();
    assertThat(one.matches("pass \ud83d\ude00")).isFalse();
    assertThat(one.toString()).doesNotContain("10");
  }

  @Test
  void whatIsNoHashIsRefusedUnseen() {
    String salt = base64(new byte[16]);
    String hash = base64(new byte[32]);
    for (String bad :
        List.of(
            "",
            "secret",
            "pbkdf2-sha256$1000$" + salt,
            "pbkdf2-sha256$1000$" + salt + "$" + hash + "$",
            "pbkdf2-sha1$1000$" + salt + "$" + hash,
            "pbkdf2-sha256$0$" + salt + "$" + hash,
            "pbkdf2-sha256$10000001$" + salt + "$" + hash,
            "pbkdf2-sha256$many$" + salt + "$" + hash,
            "pbkdf2-sha256$1000$" + base64(new byte[15]) + "$" + hash,
            "pbkdf2-sha256$1000$" + salt + "$" + base64(new byte[31]),
            "pbkdf2-sha256$1000$" + salt + "$" + "!".repeat(43))) {
      assertThatThrownBy(() -> PasswordHash.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("hash-password")
          .hasMessageNotContaining(hash);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
