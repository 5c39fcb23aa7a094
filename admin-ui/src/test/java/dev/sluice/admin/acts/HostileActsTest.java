package dev.sluice.admin.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.view.Links;
import dev.sluice.admin.web.Harmless;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileActsTest extends ActTest {

  private static final Links LINKS = new Links(null);

  @ParameterizedTest
  @MethodSource("dev.sluice.admin.web.HostileDataTest#names")
  void itIsTextInFormsAndNotices(String hostile) {
    fleet.worker("w-1");
    fleet.work("runs").project(hostile).priority(1).enqueue();
    fleet.poll("w-1", 1);
    fleet.work(hostile).project(hostile).identifier(hostile + "'").enqueue();
    String dead = "d" + hostile;
    fleet.work(dead).project(hostile).deadline(server.clock.now() + 1).enqueue();
    server.clock.jump(Duration.ofMillis(2));
    fleet.sweep();

    for (String path :
        List.of(
            LINKS.queueAct(hostile, "limits"),
            LINKS.queueAct(hostile, "priority-all"),
            LINKS.work(hostile, "priority"),
            LINKS.work(hostile, "front"),
            LINKS.work(hostile, "cancel"),
            LINKS.dead(dead, "requeue"),
            LINKS.to("/dead/discard", "project", hostile, "dead", "deadline"),
            LINKS.queueAct(hostile, "cancel-all"),
            LINKS.queueAct(hostile, "stop"))) {
      PageAnswer form = form(path);
      Harmless.check(form);
      assertThat(form.status()).as(path).isEqualTo(200);
      PageAnswer page =
          after(submit(form, "reason", hostile.substring(0, Math.min(200, hostile.length()))));
      Harmless.check(page);
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(notice(page)).as(path).isNotEmpty();
    }
    Harmless.check(form(LINKS.to("/activity")));
    Harmless.check(form(LINKS.to("/dead/discard", "project", hostile, "reason", hostile)));
  }
}
