package dev.sluice.backend.redis.reply;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Public names as stored: the 4 hex digits of a key ({@code rules/sessions.lua}), and the rest. No
 * two names are stored alike.
 */
public final class PublicName {

  private static final int BEGIN = 4;

  private static final Pattern DIGITS = Pattern.compile("([0-9a-f]{4})+");

  /** Begins the rest of a name that isn't made of hex digits. */
  private static final char PLAIN = '=';

  private PublicName() {}

  public static String stored(String name) {
    if (!DIGITS.matcher(name).matches()) {
      return HexFormat.of().toHexDigits((short) name.hashCode()) + PLAIN + name;
    }
    byte[] rest = HexFormat.of().parseHex(name, BEGIN, name.length());
    return name.substring(0, BEGIN) + Base64.getUrlEncoder().withoutPadding().encodeToString(rest);
  }

  public static String of(String stored) {
    String rest = stored.substring(BEGIN);
    return !rest.isEmpty() && rest.charAt(0) == PLAIN
        ? rest.substring(1)
        : stored.substring(0, BEGIN)
            + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(rest));
  }
}
