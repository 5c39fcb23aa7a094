package dev.sluice.backend.workers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.workers.Account.Check;
import dev.sluice.backend.workers.Account.Window;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static final Account CODEX =
      new Account(
          "3f2a",
          "codex",
          "promax",
          7,
          List.of(new Window("primary", "Weekly", 100, 900), new Window("", "", 0, 0)),
          new Check("codex", true, 8));

  private static final Account BARE = new Account("", "", "", 0, List.of(), null);

  @Test
  void packedAccountsComeBack() {
    for (List<Account> accounts :
        List.of(List.<Account>of(), List.of(CODEX), List.of(BARE), List.of(BARE, CODEX, BARE))) {
      assertThat(Account.unpack(Account.pack(accounts))).isEqualTo(accounts);
    }
    assertThat(Account.pack(List.of())).isEmpty();
  }

  @Test
  void controlCharactersCannotMakeAnotherAccount() {
    String evil = "a\u001eb\u001fc\u001dd\u001ce";
    Account account =
        new Account(
            evil, evil, evil, 0, List.of(new Window(evil, evil, 1, 0)), new Check(evil, false, 0));

    String plain = "a b c d e";
    assertThat(Account.unpack(Account.pack(List.of(account))))
        .containsExactly(
            new Account(
                plain,
                plain,
                plain,
                0,
                List.of(new Window(plain, plain, 1, 0)),
                new Check(plain, false, 0)));
  }

  @Test
  void whatHasNoRoomIsLeftOut() {
    assertThat(Account.unpack(Account.pack(Collections.nCopies(150, CODEX)))).hasSize(100);
    Account large = new Account("a", "é".repeat(1_000), "", 0, List.of(), null);
    String packed = Account.pack(Collections.nCopies(100, large));
    assertThat(packed.getBytes(UTF_8).length).isBetween(62_000, Account.MAX_BYTES);
    assertThat(Account.unpack(packed)).hasSizeBetween(30, 33).containsOnly(large);
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    String packed = Account.pack(List.of(CODEX));
    assertThat(Account.unpack("x\u001e" + packed + "\u001ea\u001fb\u001fc\u001fd\u001fe"))
        .containsExactly(CODEX);
  }

  @Test
  void anAccountIsDryUntilTheLastWindowThatIsUsedUpIsReset() {
    Account account =
        new Account(
            "a",
            "codex",
            "",
            0,
            List.of(
                new Window("five_hour", "Session", 100, 500),
                new Window("seven_day", "Weekly", 100, 900),
                new Window("other", "Other", 99, 2_000)),
            null);

    assertThat(account.dryUntilMs(400)).isEqualTo(900);
    assertThat(account.dryUntilMs(899)).isEqualTo(900);
    assertThat(account.dryUntilMs(900)).isZero();
    assertThat(BARE.dryUntilMs(0)).isZero();
    assertThat(account.loginFails()).isFalse();
    assertThat(CODEX.loginFails()).isFalse();
  }
}
