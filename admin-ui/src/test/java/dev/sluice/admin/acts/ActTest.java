package dev.sluice.admin.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import dev.sluice.backend.audit.AuditLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.FormElement;

public abstract class ActTest extends PageTestBase {

  protected final PageAnswer form(String path) {
    return server.get(path, fleet.visitor(VisitorRole.OPERATOR));
  }

  protected final PageAnswer post(String path, String... fields) {
    return postAs(VisitorRole.OPERATOR, path, fields);
  }

  protected final PageAnswer postAs(VisitorRole role, String path, String... fields) {
    return server.post(path, encoded(fields), fleet.visitor(role));
  }

  protected final PageAnswer after(PageAnswer post) {
    assertThat(post.status()).as(post.body()).isEqualTo(303);
    String to = post.header("Location").substring(post.url().length());
    String cookie = post.header("Set-Cookie").split(";", 2)[0];
    return server.send(
        server
            .request(to, fleet.visitor(VisitorRole.OPERATOR))
            .header("Cookie", cookie)
            .GET()
            .build());
  }

  protected static String notice(PageAnswer page) {
    return page.document().select(".content > .notice").text();
  }

  /** Posts the form's own fields, with these values changed. */
  protected final PageAnswer submit(PageAnswer page, String... fields) {
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

  protected static String problem(PageAnswer form) {
    return form.document().select("#problem").text();
  }

  protected final AuditLine lastAct() {
    return audit().get(0);
  }

  protected final List<AuditLine> audit() {
    return server.store.there().audit().list(fleet.org, null, 100).items();
  }

  protected static String encoded(String... fields) {
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
