package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.TestFleet;
import dev.sluice.admin.Visitor;
import dev.sluice.admin.VisitorRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedReadsTest extends PageTestBase {

  @BeforeEach
  void fill() {
    server.holdTime();
    fleet.worker("w-1");
    fleet.work("s-1").enqueue();
    fleet.work("s-2").enqueue();
    fleet.poll("w-1", 1);
  }

  private long cost(Runnable visit) {
    long before = server.store.calls();
    visit.run();
    return server.store.calls() - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/queues",
        "/admin/queues/payments",
        "/admin/workers/w-1",
        "/admin/work?state=ended",
        "/admin/sessions/s-1",
        "/admin/sessions/none",
        "/admin/work?state=dead",
        "/admin/activity",
      })
  void fiftyTabsCostTheStoreNoMoreThanOne(String path) {
    page(path);
    server.pass(Duration.ofSeconds(2));
    long one = cost(() -> page(path));
    assertThat(one).isPositive();
    server.pass(Duration.ofSeconds(2));

    assertThat(cost(() -> fifty(path))).isEqualTo(one);
  }

  private void fifty(String path) {
    ExecutorService browsers = Executors.newFixedThreadPool(50);
    try {
      List<CompletableFuture<PageAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Visitor each = new Visitor("v" + i, "operator:v" + i, VisitorRole.VIEWER, fleet.org, false);
        answers.add(CompletableFuture.supplyAsync(() -> server.get(path, each), browsers));
      }
      String main = answers.get(0).join().main().html();
      answers.forEach(answer -> assertThat(answer.join().main().html()).isEqualTo(main));
    } finally {
      browsers.shutdownNow();
    }
  }

  @Test
  void asSoonAsTheFleetChangedItIsReadAgain() {
    page("/admin/queues/payments");
    fleet.work("s-3").enqueue();
    assertThat(page("/admin/queues/payments").text()).doesNotContain("s-3");

    server.pass(Duration.ofSeconds(1));

    assertThat(page("/admin/queues/payments").text()).contains("s-3");
  }

  @Test
  void nothingIsSharedAcrossOrgsAndRoles() {
    TestFleet other = new TestFleet(server);
    other.work("theirs").enqueue();
    PageAnswer theirs = server.get("/admin/queues/payments", other.visitor(VisitorRole.VIEWER));

    assertThat(theirs.text()).contains("theirs");
    assertThat(page("/admin/queues/payments").text()).contains("s-2").doesNotContain("theirs");
    assertThat(page("/admin/sessions/s-1").text()).doesNotContain("Show it");
    assertThat(adminPage("/admin/sessions/s-1").text()).contains("Show it");
    assertThat(page("/admin/sessions/s-1").text()).doesNotContain("Show it");
    assertThat(page("/admin/keys").status()).isEqualTo(403);
    assertThat(adminPage("/admin/keys").status()).isEqualTo(200);
    assertThat(page("/admin/keys").status()).isEqualTo(403);
  }

  @Test
  void linksOfWhoSeesEveryOrgAreTheirOwn() {
    Visitor root = new Visitor("root", "operator:root", VisitorRole.VIEWER, fleet.org, true);
    page("/admin/queues");

    assertThat(queueLink(server.get("/admin/queues?org=" + fleet.org, root)))
        .isEqualTo("/admin/queues/payments?org=" + fleet.org);
    assertThat(queueLink(page("/admin/queues"))).isEqualTo("/admin/queues/payments");
    assertThat(queueLink(server.get("/admin/queues", root))).isEqualTo("/admin/queues/payments");
  }

  private static String queueLink(PageAnswer page) {
    return page.main().selectFirst("tbody th a").attr("href");
  }

  @Test
  void eachLookAtAnItemIsItsOwnAndLeavesItsLine() {
    for (int i = 0; i < 3; i++) {
      PageAnswer page = adminPage("/admin/sessions/s-2?item=show");
      assertThat(page.text()).contains("do it");
      assertThat(page.document().body().hasAttr("data-events")).isFalse();
    }
    assertThat(server.store.there().audit().list(fleet.org, null, 10).items())
        .singleElement()
        .matches(line -> line.verb().equals("look") && line.times() == 3);
  }

  @Test
  void whoeverDidSomethingSeesItAtOnceAndSoDoOthersFromThenOn() {
    Visitor ann = fleet.visitor(VisitorRole.OPERATOR);
    String path = "/admin/queues/payments";
    assertThat(server.get(path, ann).text()).contains("open");
    String mark = mark(server.get(path, ann));

    PageAnswer post = server.post(path + "/pause", "reason=so&for=for+1+hour", ann);
    assertThat(post.status()).isEqualTo(303);
    PageAnswer page =
        server.send(
            server
                .request(path, ann)
                .header("Cookie", post.header("Set-Cookie").split(";", 2)[0])
                .GET()
                .build());

    assertThat(page.text()).contains("paused");
    assertThat(page.document().select(".summary").text()).contains("1 paused");
    assertThat(mark(page)).isNotEqualTo(mark);
    assertThat(server.get(path, ann).text()).contains("paused");
    assertThat(page(path).text()).contains("paused");
  }

  private static String mark(PageAnswer page) {
    return page.document().getElementById("age").attr("data-mark");
  }
}
