package dev.sluice.admin.view;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A curl command with a variable in place of the key. */
public final class CurlLine {

  /** Used without a usable address. */
  public static final URI VARIABLE = URI.create("$SLUICE_URL");

  private CurlLine() {}

  /**
   * @param path from {@code /api}, encoded by {@link Links#encoded}
   * @param json null for no body
   */
  public static String of(URI server, String method, String path, @Nullable String json) {
    String base = server.toString().replaceAll("/+$", "");
    StringBuilder line = new StringBuilder("curl -sS -X ").append(method).append(' ');
    line.append(
            server.equals(VARIABLE) ? "\"" + VARIABLE + "\"" + quoted(path) : quoted(base + path))
        .append(" \\\n  -H \"Authorization: Bearer $SLUICE_API_KEY\"");
    if (json != null) {
      line.append(" \\\n  -H 'Content-Type: application/json' \\\n  -d ").append(quoted(json));
    }
    return line.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
