package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The shape of a decoded member, in the words of the fixtures: a kind, and after {@code =} the
 * value if known.
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><td>{@code string}</td><td>not empty</td></tr>
 * <tr><td>{@code bool}, {@code array}, {@code object}, {@code null}</td><td></td></tr>
 * <tr><td>{@code int}</td><td>no fraction, no exponent, fits 64 bits</td></tr>
 * <tr><td>{@code int ms}, {@code int s}</td><td>a duration, in a range that shows a mixed-up unit</td></tr>
 * <tr><td>{@code epoch ms}</td><td>an int, a time since 2001 and before 2100</td></tr>
 * <tr><td>{@code iso}</td><td>a string, ISO-8601 in UTC with Z</td></tr>
 * <tr><td>{@code number}</td><td>any</td></tr>
 * </table>
 */
public record Shape(String kind, String value) {

  public static Shape of(String text) {
    int equals = text.indexOf(" = ");
    return equals < 0
        ? new Shape(text, null)
        : new Shape(text.substring(0, equals), text.substring(equals + 3));
  }

  public void check(JsonNode member, String name) {
    assertThat(member.isMissingNode()).as("%s is missing", name).isFalse();
    assertThat(fits(member)).as("%s should be %s but is %s", name, kind, member).isTrue();
    if (value != null) {
      assertThat(member.asText()).as(name).isEqualTo(value);
    }
  }

  private boolean fits(JsonNode member) {
    return switch (kind) {
      case "string" -> member.isTextual() && !member.textValue().isEmpty();
      case "bool" -> member.isBoolean();
      case "array" -> member.isArray();
      case "object" -> member.isObject();
      case "null" -> member.isNull();
      case "number" -> member.isNumber();
      case "int" -> isInt(member, Long.MIN_VALUE, Long.MAX_VALUE);
      case "int ms" -> isInt(member, 1_000, 3_600_000);
      case "int s" -> isInt(member, 1, 600);
      case "epoch ms" -> isInt(member, 1_000_000_000_000L, 4_102_444_800_000L);
      case "iso" -> member.isTextual() && isUtc(member.textValue());
      default -> throw new IllegalArgumentException("no such kind: " + kind);
    };
  }

  /** Jackson goes by the text: {@code 3.0} and {@code 3e0} are not integral to it. */
  private static boolean isInt(JsonNode member, long min, long max) {
    return member.isIntegralNumber()
        && member.canConvertToLong()
        && member.longValue() >= min
        && member.longValue() <= max;
  }

  private static boolean isUtc(String time) {
    Instant.parse(time);
    return time.endsWith("Z");
  }
}
