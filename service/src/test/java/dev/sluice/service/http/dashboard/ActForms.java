package dev.sluice.service.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.SluiceServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;

/**
 * The dashboard's forms as a browser sends them, and their lines for a shell.
 *
 * @param cookie of the logged-in operator
 */
record ActForms(LoginEdge edge, String cookie) {

  record Call(String method, String path, String body) {}

  Call curl(String path) {
    Answer page = get(path);
    assertThat(page.status()).as(path + " " + page.body()).isEqualTo(200);
    List<String> words =
        words(Jsoup.parse(page.body()).selectFirst("main details pre").wholeText());
    assertThat(words).startsWith("curl", "-sS", "-X");
    assertThat(words.get(6)).isEqualTo("Authorization: Bearer $SLUICE_API_KEY");
    String address = words.get(4);
    assertThat(address).startsWith(edge.server().url());
    return new Call(
        words.get(3),
        address.substring(edge.server().url().length()),
        words.contains("-d") ? words.get(words.indexOf("-d") + 1) : null);
  }

  Answer run(Call call) {
    return edge.server()
        .call(call.method(), call.path(), SluiceServer.API_KEY, call.body(), Map.of());
  }

  /**
   * Posts a form with alternating names and values; returns the page it leads to, with its notice.
   */
  String done(String path, String... fields) {
    Answer answer = post(path, fields);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(303);
    String to = answer.headers().firstValue("Location").orElseThrow();
    String notice = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    Answer page =
        edge.server()
            .call(
                "GET",
                to.replaceFirst("#.*", ""),
                null,
                null,
                Map.of("Cookie", "sluice_session=" + cookie + "; " + notice));
    assertThat(page.status()).as(to).isEqualTo(200);
    return Jsoup.parse(page.body()).select(".content > .notice").text();
  }

  Answer post(String path, String... fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < fields.length; i += 2) {
      pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
    }
    return edge.server()
        .call(
            "POST",
            path,
            null,
            String.join("&", pairs),
            Map.of(
                "Content-Type", "application/x-www-form-urlencoded",
                "Sec-Fetch-Site", "same-origin",
                "Cookie", "sluice_session=" + cookie));
  }

  Answer get(String path) {
    return edge.server()
        .call("GET", path, null, null, Map.of("Cookie", "sluice_session=" + cookie));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        int end = line.indexOf(c, i + 1);
        word.append(line, i + 1, end);
        i = end;
        begun = true;
      } else if (c == '\\') {
        i++;
        if (line.charAt(i) != '\n') {
          word.append(line.charAt(i));
          begun = true;
        }
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
