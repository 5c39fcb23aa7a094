package dev.sluice.admin.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Harmless;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFleetActsTest extends ActTest {

  private static final String NAMES = "dev.sluice.admin.web.HostileDataTest#names";

  @ParameterizedTest
  @MethodSource(NAMES)
  void formsAndWhatFollowsAreText(String hostile) {
    Links links = new Links(null);
    fleet.worker(hostile);
    fleet.work(hostile).project(hostile).enqueue();
    assertThat(fleet.poll(hostile, 1)).containsExactly(hostile);

    for (String act : List.of("message", "nudge", "stop", "requeue", "again")) {
      isShown(form(links.sessionAct(hostile, act)), hostile);
    }
    for (String act : List.of("drain", "undrain", "deregister")) {
      isShown(form(links.workerAct(hostile, act)), hostile);
    }
    for (String act : List.of("drain", "undrain")) {
      isShown(form(links.hostAct("host-" + hostile, act)), hostile);
    }
    Harmless.check(form("/admin/hosts"));
    Harmless.check(form(links.host("host-" + hostile)));
    Harmless.check(form(links.session(hostile)));
    Harmless.check(form(links.worker(hostile)));

    PageAnswer wrong = post(links.sessionAct(hostile, "message"), "type", hostile, "text", hostile);
    assertThat(wrong.status()).isEqualTo(400);
    isShown(wrong, hostile);
    did(links.sessionAct(hostile, "message"), "type", "nudge", "text", hostile);
    did(links.workerAct(hostile, "drain"), "reason", hostile);
    Harmless.check(form(links.worker(hostile)));
    did(links.workerAct(hostile, "undrain"), "reason", hostile);
    did(links.sessionAct(hostile, "requeue"), "reason", hostile);
    fleet.poll(hostile, 1);
    did(links.sessionAct(hostile, "stop"), "reason", hostile);
    did(links.workerAct(hostile, "deregister"), "reason", hostile);
    Harmless.check(form("/admin/activity"));
  }

  private void did(String path, String... fields) {
    PageAnswer page = after(post(path, fields));
    Harmless.check(page);
    assertThat(page.status()).as(path).isEqualTo(200);
    assertThat(notice(page)).as(path).isNotEmpty();
  }

  private static void isShown(PageAnswer page, String hostile) {
    Harmless.check(page);
    String start = hostile.length() <= 80 ? hostile : hostile.substring(0, 80);
    assertThat(page.main().wholeText()).contains(start);
  }
}
