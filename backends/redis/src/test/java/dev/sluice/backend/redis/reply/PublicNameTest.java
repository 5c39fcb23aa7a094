package dev.sluice.backend.redis.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicNameTest {

  @Test
  void is_the_begin_of_its_hex_digits_and_the_rest_in_base_64() {
    assertThat(PublicName.stored("413bc1cf22606b33")).isEqualTo("413bwc8iYGsz");
    assertThat(PublicName.stored("b0783bee9deac0ba8bac99fc55ea063a")).hasSize(4 + 19);
    assertThat(PublicName.stored("p ")).matches("[0-9a-f]{4}=p ");
  }

  @Test
  void no_two_are_alike() {
    Set<String> stored =
        Stream.of("a", "A", "aaaa", "AAAA", "aaaa0000", "aaaa00000000", "aaaa=", "Aa", "BB", "")
            .map(PublicName::stored)
            .collect(Collectors.toSet());

    assertThat(stored).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "aaaa", "AAAA", "413bc1cf22606b33", "b0783bee9deac0ba8bac99fc55ea063a", "="})
  void is_found_again(String name) {
    assertThat(PublicName.of(PublicName.stored(name))).isEqualTo(name);
  }
}
