package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadCauseTest {

  @Test
  void errorsThatDifferInNumbersAreOneGroup() {
    assertThat(DeadCause.group("exit 128 at 0xdeadbeef0\nmore")).isEqualTo("exit # at #x#");
    assertThat(DeadCause.group(" exit 1 at 0x1 ")).isEqualTo("exit # at #x#");
    assertThat(DeadCause.group(" \n")).isEqualTo(DeadCause.NO_ERROR);
  }

  @Test
  void theGroupOfAGroupIsItself() {
    String error = "\ud83d\ude00 a1 ".repeat(100);
    String group = DeadCause.group(error);

    assertThat(group.codePointCount(0, group.length())).isLessThanOrEqualTo(200);
    assertThat(DeadCause.group(group)).isEqualTo(group);
    assertThat(DeadCause.group(DeadCause.NO_ERROR)).isEqualTo(DeadCause.NO_ERROR);
  }
}
