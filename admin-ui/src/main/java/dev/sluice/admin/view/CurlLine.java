package dev.sluice.admin.view;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How the API does what a form does, as a line for a shell. The key is named, not shown: it is what
 * {@code credentials.env} calls it.
 *
 * @param text the line
 */
public record CurlLine(String text) {

  /** Stands for the address where none is known that can be trusted. */
  public static final URI VARIABLE = URI.create("$SLUICE_URL");

  /**
   * Of a call.
   *
   * @param server this server's own address
   * @param method of the call
   * @param path from {@code /api}, with each name in it encoded, see {@link Links#encoded}
   * @param json its body; null for none
   */
  public static CurlLine of(URI server, String method, String path, @Nullable String json) {
    String base = server.toString().replaceAll("/+$", "");
    StringBuilder line = new StringBuilder("curl -sS -X ").append(method).append(' ');
    line.append(
            server.equals(VARIABLE) ? "\"" + VARIABLE + "\"" + quoted(path) : quoted(base + path))
        .append(" \\\n  -H \"Authorization: Bearer $SLUICE_API_KEY\"");
    if (json != null) {
      line.append(" \\\n  -H 'Content-Type: application/json' \\\n  -d ").append(quoted(json));
    }
    return new CurlLine(line.toString());
  }

  /** As one word of a POSIX shell, whatever it holds. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
