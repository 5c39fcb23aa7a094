package dev.sluice.admin.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The updates of open pages. Each has a header {@value #HEADER}, the name of the text. A request
 * with this name gets a {@link PagePatch} of that text, if this node still has it, or nothing if
 * only the age of the page has changed, which the stream tells. Other ages are left out, since the
 * script counts them.
 */
final class LivePages {

  static final String HEADER = "Sluice-Page";

  private static final int MOST_CHARS = 8 << 20;
  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final Set<String> OF_DOCUMENTS =
      Set.of("Content-Security-Policy", "Referrer-Policy");
  private static final Pattern PAGE_AGE = Pattern.compile("<span id=\"age\".*");
  private static final Pattern AGE = Pattern.compile("(<time [^>]*>)[^<]*");

  private final Cache<String, String> texts =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARS)
          .weigher((String name, String text) -> text.length())
          .expireAfterAccess(MAX_AGE)
          .build();

  /**
   * @param name of the text that the browser has; unknown or empty if it has none
   */
  byte[] answer(String name, byte[] page, MultivaluedMap<String, Object> headers) {
    String text = AGE.matcher(new String(page, StandardCharsets.UTF_8)).replaceAll("$1");
    String before = texts.getIfPresent(name);
    if (before != null) {
      headers.keySet().removeAll(OF_DOCUMENTS);
      if (withoutAge(before).equals(withoutAge(text))) {
        return new byte[0];
      }
      texts.invalidate(name);
    }
    String next = UUID.randomUUID().toString();
    texts.put(next, text);
    headers.putSingle(HEADER, next);
    if (before == null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    headers.putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    return PagePatch.of(before, text).getBytes(StandardCharsets.UTF_8);
  }

  private static String withoutAge(String text) {
    return PAGE_AGE.matcher(text).replaceFirst("");
  }
}
