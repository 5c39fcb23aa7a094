package dev.sluice.admin.selected;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.PageAnswer;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.acts.ActTest;
import dev.sluice.admin.web.Harmless;
import dev.sluice.backend.audit.AuditLine;
import dev.sluice.backend.sessions.SessionState;
import dev.sluice.backend.work.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectedActsTest extends ActTest {

  private static final String QUEUE = "/admin/work?state=waiting&project=payments";

  @BeforeEach
  void fill() {
    fleet.worker("w-1", "running");
    fleet.work("r-1").project("running").identifier("ENG-1").about("Do it", "", "").enqueue();
    fleet.work("r-2").project("running").enqueue();
    fleet.poll("w-1", 2);
    for (int i = 0; i < 12; i++) {
      fleet.work("s-" + i).priority(i == 0 ? 2 : 4).enqueue();
    }
  }

  @Test
  void aPreviewNamesTenAndChangesNothing() {
    PageAnswer list = form(QUEUE);
    assertThat(list.main().select("#selection button").eachText())
        .containsExactly("Priority", "Message", "Cancel");

    PageAnswer preview = select(list, "Cancel", "all", "on");

    assertThat(preview.status()).isEqualTo(200);
    assertThat(preview.text()).contains("Cancel 12 waiting items", "The first 10:", "undone");
    assertThat(preview.main().select(".things li")).hasSize(10);
    assertThat(preview.main().select("input[name=item]")).hasSize(12);
    assertThat(preview.main().select(".act.harmful")).hasSize(1);
    assertThat(preview.main().select(".does a").attr("href")).isEqualTo(QUEUE);
    assertThat(fleet.queue("payments").counts().waiting()).isEqualTo(12);
    assertThat(audit()).isEmpty();
  }

  @Test
  void aReceiptLeadsToItsEntriesInActivityAlsoLater() {
    PageAnswer preview = select(form(QUEUE), "Cancel", ticked("s-1", "s-2"));
    PageAnswer receipt = repost(preview, "reason", "not needed");
    String activity = receipt.main().selectFirst("a:contains(Entries up to now)").attr("href");
    fleet.pause("payments", "later", "operator:kim");

    assertThat(page(activity).main().select("tbody tr").eachText())
        .hasSize(3)
        .allMatch(entry -> entry.endsWith("not needed"))
        .last()
        .asString()
        .contains("acted on selected work, cancel 2 items");
  }

  @ParameterizedTest
  @CsvSource({
    "reprioritise, Set priority of 2 waiting items",
    "cancel, Cancel 2 waiting items",
    "return, Return 2 claimed sessions to the queue",
    "stop, Stop 2 claimed sessions",
    "send, Send message to 2 sessions",
    "requeue, Requeue 2 dead letters",
    "discard, Discard 2 dead letters"
  })
  void aPreviewIsHeadedByTheWordsOfItsButton(String verb, String words) {
    PageAnswer preview = post("/admin/selected/" + verb, "id", "s-1", "id", "s-2");

    assertThat(preview.main().selectFirst("h1").text()).isEqualTo(words);
    assertThat(preview.main().selectFirst(".does button").text()).isEqualTo(words);
  }

  @Test
  void exactlyWhatWasPreviewedIsChangedAndTheRestIsTold() {
    PageAnswer preview = select(form(QUEUE), "Cancel", ticked("s-0", "s-1", "s-2", "s-3"));
    fleet.worker("w-2", "payments");
    assertThat(fleet.poll("w-2", 1)).containsExactly("s-0");
    cancel("s-1");
    fleet.work("s-99").priority(1).enqueue();

    PageAnswer receipt = repost(preview, "reason", "not needed");

    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.main().selectFirst(".notice").text())
        .isEqualTo("Cancelled: 2 of 4. 2 not changed. This cannot be undone.");
    assertThat(receipt.main().select("h2").eachText())
        .containsExactly(
            "Cancelled 2",
            "Not changed: claimed by a worker by then 1",
            "Not changed: ended by then 1");
    assertThat(receipt.main().select(".things").eachText())
        .containsExactly("s-2 s-3", "s-0", "s-1");
    assertThat(receipt.main().selectFirst("a.strong").attr("href")).isEqualTo(QUEUE);
    assertThat(fleet.session("s-0").place()).isEqualTo(Place.CLAIMED);
    assertThat(fleet.session("s-99").place()).isEqualTo(Place.READY);
    assertThat(audit().stream().limit(3).map(AuditLine::verb))
        .containsExactly("stop", "stop", "bulk");
    assertThat(audit().stream().limit(3).map(AuditLine::reason)).containsOnly("not needed");
    assertThat(page("/admin/activity").text()).contains("acted on selected work, cancel 4 items");
  }

  @Test
  void stoppedSessionsHaveReceiptsOfTheirOwn() {
    PageAnswer list = form("/admin/work");
    assertThat(list.main().select("#selection button").eachText())
        .containsExactly("Message", "Return to the queue", "Stop");
    PageAnswer preview = select(list, "Stop", ticked("r-1", "r-2"));
    assertThat(preview.main().select(".things li").eachText())
        .containsExactly("ENG-1 Do it", "r-2");

    PageAnswer receipt = repost(preview);

    assertThat(receipt.text()).contains("Stopped: 2 of 2.");
    PageAnswer order = form(receipt.main().selectFirst("a[href*=stops]").attr("href"));
    assertThat(order.text()).contains("ENG-1 Do it", "r-2");
    assertThat(fleet.session("r-1").state()).isEqualTo(SessionState.STOPPED);
  }

  @Test
  void aSessionClaimedAgainSinceThePreviewIsLeftAlone() {
    PageAnswer preview = select(form("/admin/work"), "Return to the queue", ticked("r-1"));
    repost(preview);
    fleet.poll("w-1", 1);
    assertThat(fleet.session("r-1").place()).isEqualTo(Place.CLAIMED);

    PageAnswer again = repost(preview);

    assertThat(again.text()).contains("0 of 1", "claimed by a worker by then");
    assertThat(fleet.session("r-1").place()).isEqualTo(Place.CLAIMED);
  }

  @Test
  void aPriorityCanBeUndone() {
    PageAnswer preview = select(form(QUEUE), "Priority", ticked("s-0", "s-1", "s-2"));
    assertThat(preview.text()).contains("A move to the front is lost");

    PageAnswer receipt = repost(preview, "priority", "1");

    assertThat(receipt.text())
        .contains(
            "Priority set: 3 of 3.", "1 item had priority 2 before.", "2 items had priority 4")
        .doesNotContain("undone");
    assertThat(fleet.session("s-1").priority()).isEqualTo(1);
    receipt.main().select("form[method=post]").stream()
        .map(each -> (FormElement) each)
        .forEach(undo -> assertThat(post(undo, List.of()).status()).isEqualTo(200));
    assertThat(fleet.session("s-0").priority()).isEqualTo(2);
    assertThat(fleet.session("s-1").priority()).isEqualTo(4);
  }

  @Test
  void aMessageReachesAllThatAreSelected() {
    PageAnswer preview = select(form("/admin/work"), "Message", ticked("r-1", "r-2"));
    assertThat(repost(preview).status()).as("without a text").isEqualTo(400);

    PageAnswer receipt = repost(preview, "text", "Finish up.");

    assertThat(receipt.text()).contains("Sent: 2 of 2.");
    assertThat(page("/admin/sessions/r-2").text()).contains("Finish up.", "from ann");
  }

  @Test
  void deadLettersAreRequeuedAndDiscarded() {
    fleet.deadLetter("d-1");
    fleet.deadLetter("d-2");
    PageAnswer list = form("/admin/work?state=dead");

    repost(select(list, "Requeue", ticked("d-1")));
    repost(select(list, "Discard", ticked("d-1", "d-2")));

    assertThat(fleet.session("d-1").place()).isEqualTo(Place.READY);
    assertThat(fleet.session("d-2").place()).isEqualTo(Place.ENDED);
  }

  @Test
  void aFilteredListOfDeadLettersOffersNoActOnMoreThanIt() {
    fleet.work("d-1").identifier("ENG-7").deadline(server.clock.now() + 1).enqueue();
    fleet.deadLetter("d-2");
    String buttons = "header .acts .button, .group > .acts .button";
    assertThat(form("/admin/work?state=dead").main().select(buttons)).isNotEmpty();

    PageAnswer list = form("/admin/work?state=dead&issue=ENG-7");
    assertThat(list.main().select(buttons)).isEmpty();
    assertThat(list.main().select("#selection label").text())
        .isEqualTo("All 1 letter of this list");
    repost(select(list, "Requeue", "all", "on"));

    assertThat(fleet.session("d-1").place()).isEqualTo(Place.READY);
    assertThat(fleet.session("d-2").place()).isEqualTo(Place.DEAD);
    assertThat(form("/admin/work?state=dead&issue=ENG-7").main().select("tbody tr")).isEmpty();
  }

  @Test
  void allOfAListAreThoseThatItsFiltersMatch() {
    fleet.work("other").project("elsewhere").identifier("ENG-9").enqueue();

    assertThat(select(form("/admin/work?state=waiting&issue=eng-9"), "Cancel", "all", "on").text())
        .contains("Cancel 1 waiting item ");
    assertThat(select(form("/admin/work?issue=ENG-1"), "Stop", "all", "on").text())
        .contains("Stop 1 claimed session ");
    assertThat(select(form("/admin/queues/payments"), "Priority", "all", "on").text())
        .contains("12 waiting items");
    assertThat(post("/admin/selected/cancel", "all", "on", "list.state", "waiting").text())
        .as("without a project")
        .contains("Nothing is selected.");
    assertThat(post("/admin/selected/stop", "all", "on", "list.health", "no such health").text())
        .as("a filter that can't be applied would leave more")
        .contains("Nothing is selected.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "item=", "item=x", "item=1", "item=1%20%00", "item=-1%20s-1", "id="})
  void aSelectionThatIsNoneDoesNothing(String fields) {
    PageAnswer answer =
        server.post("/admin/selected/cancel", fields, fleet.visitor(VisitorRole.OPERATOR));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(problem(answer)).isNotEmpty();
    assertThat(fleet.queue("payments").counts().waiting()).isEqualTo(12);
  }

  @Test
  void moreThanTenThousandAreRefusedInWords() {
    String[] fields =
        IntStream.rangeClosed(0, 10_000)
            .boxed()
            .flatMap(i -> Stream.of("item", "0 s-" + i))
            .toArray(String[]::new);

    PageAnswer answer = post("/admin/selected/cancel", fields);

    assertThat(problem(answer)).startsWith("Nothing was changed: at most 10,000 can be selected.");
    assertThat(fleet.queue("payments").counts().waiting()).isEqualTo(12);
    assertThat(post("/admin/selected/cancel", Arrays.copyOf(fields, 20_000)).text())
        .contains("Cancelled: 12 of 10,000. 9,988 not changed.", "And 9,888 more.");
  }

  @ParameterizedTest
  @CsvSource({"stop", "return", "cancel", "reprioritise", "send", "requeue", "discard"})
  void aViewerMayNot(String verb) {
    assertThat(page(QUEUE).main().select("#selection, input[type=checkbox]")).isEmpty();
    assertThat(postAs(VisitorRole.VIEWER, "/admin/selected/" + verb, "item", "0 s-1").status())
        .isEqualTo(403);
    assertThat(lastAct().verb()).isEqualTo("denied");
    assertThat(fleet.session("s-1").place()).isEqualTo(Place.READY);
  }

  @Test
  void anUnknownVerbIsNoPage() {
    assertThat(post("/admin/selected/kill", "item", "0 s-1").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.admin.web.HostileDataTest#names")
  void aHostileNameIsText(String hostile) {
    fleet.work(hostile).project(hostile).identifier(hostile).about(hostile, "", "").enqueue();
    PageAnswer list = form(new dev.sluice.admin.view.Links(null).queue(hostile));
    Harmless.check(list);
    PageAnswer preview = select(list, "Cancel", "all", "on");
    Harmless.check(preview);
    PageAnswer receipt = repost(preview);
    Harmless.check(receipt);

    assertThat(fleet.session(hostile).place()).isEqualTo(Place.ENDED);
  }

  private void cancel(String id) {
    submit(form("/admin/work/" + id + "/cancel"));
  }

  private static String[] ticked(String... ids) {
    return Stream.of(ids).flatMap(id -> Stream.of("id", id)).toArray(String[]::new);
  }

  private PageAnswer select(PageAnswer list, String verb, String... more) {
    FormElement form = (FormElement) list.main().selectFirst("#selection");
    List<String> fields = new ArrayList<>();
    form.select("input[type=hidden]")
        .forEach(each -> fields.addAll(List.of(each.attr("name"), each.val())));
    fields.addAll(List.of(more));
    return post(
        form.selectFirst("button:contains(" + verb + ")").attr("formaction"),
        fields.toArray(String[]::new));
  }

  private PageAnswer repost(PageAnswer preview, String... changed) {
    return post((FormElement) preview.main().selectFirst("form[method=post]"), List.of(changed));
  }

  private PageAnswer post(FormElement form, List<String> changed) {
    List<String> fields = new ArrayList<>();
    form.formData().stream()
        .filter(each -> !changed.contains(each.key()))
        .forEach(each -> fields.addAll(List.of(each.key(), each.value())));
    fields.addAll(changed);
    return post(form.attr("action"), fields.toArray(String[]::new));
  }
}
