package dev.sluice.admin.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Answer;
import dev.sluice.admin.Role;
import dev.sluice.admin.pages.PageTest;
import dev.sluice.backend.audit.AuditLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.FormElement;

/** What tests of acts stand on. */
abstract class ActTest extends PageTest {

  /** A form for an operator of the test's org. */
  final Answer form(String path) {
    return server.get(path, fleet.visitor(Role.OPERATOR));
  }

  /** A form filled in and posted by an operator: names and values in turn. */
  final Answer post(String path, String... fields) {
    return postAs(Role.OPERATOR, path, fields);
  }

  final Answer postAs(Role role, String path, String... fields) {
    return server.post(path, encoded(fields), fleet.visitor(role));
  }

  /** The page that a post leads to, as a browser gets it: with the cookie of its notice. */
  final Answer after(Answer post) {
    assertThat(post.status()).as(post.body()).isEqualTo(303);
    String to = post.header("Location").substring(post.url().length());
    String cookie = post.header("Set-Cookie").split(";", 2)[0];
    return server.send(
        server.request(to, fleet.visitor(Role.OPERATOR)).header("Cookie", cookie).GET().build());
  }

  /** The notice on a page; empty for none. */
  static String notice(Answer page) {
    return page.document().select(".content > .notice").text();
  }

  /**
   * Posts a form as a browser does: to its own address, with what its fields hold, but for these.
   */
  final Answer submit(Answer page, String... fields) {
    FormElement form = (FormElement) page.document().selectFirst("main form[method=post]");
    Map<String, String> values = new LinkedHashMap<>();
    form.formData().forEach(each -> values.put(each.key(), each.value()));
    for (int i = 0; i + 1 < fields.length; i += 2) {
      values.put(fields[i], fields[i + 1]);
    }
    String[] all =
        values.entrySet().stream()
            .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
            .toArray(String[]::new);
    return post(form.attr("action"), all);
  }

  /** What is wrong, as a form that is shown again says it. */
  static String problem(Answer form) {
    return form.document().select("#problem").text();
  }

  /** The last line of audit. */
  final AuditLine lastAct() {
    return audit().get(0);
  }

  /** What operators did in the test's org, the latest first. */
  final List<AuditLine> audit() {
    return server.store.there().audit().list(fleet.org, null, 100).value().items();
  }

  static String encoded(String... fields) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i + 1 < fields.length; i += 2) {
      form.append(form.isEmpty() ? "" : "&")
          .append(URLEncoder.encode(fields[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }
}
