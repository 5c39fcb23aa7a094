package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.PortRange;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.validation.valueextraction.Unwrapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SoundSettingsTest {

  private static final Validator VALIDATOR = Validators.newValidator();

  static class Part {
    @NotNull @Nullable String name = "a";

    @ValidationMethod
    public boolean isShort() {
      return name == null || name.length() < 5;
    }
  }

  static class Sample extends Part {
    @Min(2)
    int low = 2;

    @Max(9)
    long high = 9;

    @NotBlank String text = "x";
    @NotEmpty List<String> texts = List.of("x");
    @PortRange int port = 8080;

    @MinDuration(value = 1, unit = TimeUnit.SECONDS)
    @MaxDuration(value = 1, unit = TimeUnit.HOURS)
    Duration time = Duration.seconds(1);

    @MaxDuration(value = 1, unit = TimeUnit.HOURS, inclusive = false)
    Duration less = Duration.minutes(59);

    @MinDataSize(value = 1, unit = DataSizeUnit.KILOBYTES)
    @MaxDataSize(value = 2, unit = DataSizeUnit.KILOBYTES)
    DataSize size = DataSize.bytes(1000);

    @Min(value = 1, payload = Unwrapping.Unwrap.class)
    Optional<Integer> some = Optional.empty();

    @Valid Part part = new Part();
    @Valid List<Part> parts = List.of();
    List<@Valid Part> others = List.of();
    Map<String, @Valid Part> named = Map.of();
    @Valid Optional<Part> perhaps = Optional.empty();
  }

  static class Unusual {
    @Size(max = 3)
    String text = "abc";
  }

  static class UnusualElements {
    List<@NotBlank String> texts = List.of();
  }

  @Test
  void whatTheValidatorPassesIsSound() {
    assertThat(VALIDATOR.validate(new Sample())).isEmpty();
    assertThat(SoundSettings.sound(new Sample())).isTrue();
    assertThat(SoundSettings.sound(with(sample -> sample.port = 0))).isTrue();
    assertThat(SoundSettings.sound(with(sample -> sample.time = Duration.hours(1)))).isTrue();
    assertThat(SoundSettings.sound(with(sample -> sample.parts = List.of(new Part())))).isTrue();
  }

  @Test
  void whatTheValidatorRefusesIsNot() {
    refused(sample -> sample.name = null);
    refused(sample -> sample.name = "longer");
    refused(sample -> sample.low = 1);
    refused(sample -> sample.high = 10);
    refused(sample -> sample.text = " ");
    refused(sample -> sample.texts = List.of());
    refused(sample -> sample.port = 65_536);
    refused(sample -> sample.port = -1);
    refused(sample -> sample.time = Duration.milliseconds(999));
    refused(sample -> sample.time = Duration.minutes(61));
    refused(sample -> sample.less = Duration.hours(1));
    refused(sample -> sample.size = DataSize.bytes(999));
    refused(sample -> sample.size = DataSize.bytes(2001));
    refused(sample -> sample.some = Optional.of(0));
    Part part = new Part();
    part.name = null;
    refused(sample -> sample.part = part);
    refused(sample -> sample.parts = List.of(new Part(), part));
    refused(sample -> sample.others = List.of(part));
    refused(sample -> sample.named = Map.of("a", part));
    refused(sample -> sample.perhaps = Optional.of(part));
  }

  @Test
  void anUnknownConstraintIsLeftToTheValidator() {
    assertThat(SoundSettings.sound(new Unusual())).isFalse();
    UnusualElements elements = new UnusualElements();
    assertThat(SoundSettings.sound(elements)).isTrue();
    elements.texts = List.of("x");
    assertThat(SoundSettings.sound(elements)).isFalse();
  }

  private static void refused(Consumer<Sample> change) {
    Sample sample = with(change);
    assertThat(VALIDATOR.validate(sample)).isNotEmpty();
    assertThat(SoundSettings.sound(sample)).isFalse();
  }

  private static Sample with(Consumer<Sample> change) {
    Sample sample = new Sample();
    change.accept(sample);
    return sample;
  }
}
