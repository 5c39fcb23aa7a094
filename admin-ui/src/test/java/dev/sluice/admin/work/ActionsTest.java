package dev.sluice.admin.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.TestFleet;
import dev.sluice.admin.VisitorRole;
import dev.sluice.admin.web.PageTestBase;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionsTest extends PageTestBase {

  @BeforeEach
  void claim() {
    fleet.worker("w-1");
    fleet.work("ses-1").identifier("ENG-526").about("Fix flaky checkout", "", "").enqueue();
    fleet.poll("w-1", 1);
    fleet.work("ses-2").identifier("ENG-527").about("Fix flaky login", "", "").enqueue();
    fleet.deadLetter("ses-3");
  }

  @ParameterizedTest
  @CsvSource({
    "pause all, Pause all, /pause-all",
    "RESUME, Resume all I paused, /resume-all",
    "stop every, Stop everything, /stops",
    "requeue letters, Requeue all dead letters, /dead/requeue",
    "discard, Discard all dead letters, /dead/discard",
    "pause paym, Pause: payments, /queues/payments/pause",
    "limits payments, Limits: payments, /queues/payments/limits",
    "drain host-w, Drain host: host-w-1, /hosts/host-w-1/drain",
    "deregister w-1, Deregister: w-1, /workers/w-1/deregister",
    "stop eng-526, Stop: ENG-526 Fix flaky checkout, /sessions/ses-1/stop",
    "message checkout, Message: ENG-526 Fix flaky checkout, /sessions/ses-1/message",
    "front flaky login, To the front: ENG-527 Fix flaky login, /work/ses-2/front",
    "discard ses-3, Discard: ses-3, /dead/ses-3/discard",
  })
  void anActionIsFoundByItsFirstWordAndTheNameOfAThing(String text, String action, String path) {
    Map<String, String> found = actions(text, VisitorRole.OPERATOR);

    assertThat(found).containsEntry(action, "/admin" + path);
    assertThat(server.get(found.get(action), fleet.visitor(VisitorRole.OPERATOR)).status())
        .isEqualTo(200);
  }

  @Test
  void thingsWithoutAnActionAreNotFound() {
    assertThat(actions("payments", VisitorRole.ADMIN)).isEmpty();
    assertThat(actions("dead letters", VisitorRole.ADMIN)).isEmpty();
    assertThat(actions("flaky checkout", VisitorRole.ADMIN)).isEmpty();
    assertThat(actions("pause nothing", VisitorRole.ADMIN)).isEmpty();
    assertThat(actions("undrain w-1", VisitorRole.ADMIN)).as("it isn't drained").isEmpty();
  }

  @Test
  void keysAreForAdmins() {
    assertThat(actions("mint", VisitorRole.ADMIN)).containsOnlyKeys("Mint a key");
    assertThat(actions("add", VisitorRole.ADMIN)).containsOnlyKeys("Add a worker");
    assertThat(actions("mint", VisitorRole.OPERATOR)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause all", "pause payments", "stop eng-526", "mint a key"})
  void viewersHaveNone(String text) {
    assertThat(actions(text, VisitorRole.VIEWER)).isEmpty();
  }

  @Test
  void thingsOfAnotherOrgHaveNone() {
    TestFleet other = new TestFleet(server);
    other.worker("secret-worker", "secret-project");
    other.work("secret").identifier("ENG-999").project("secret-project").enqueue();

    assertThat(actions("pause secret", VisitorRole.OPERATOR)).isEmpty();
    assertThat(actions("drain secret", VisitorRole.OPERATOR)).isEmpty();
    assertThat(actions("cancel eng-999", VisitorRole.OPERATOR)).isEmpty();
  }

  @Test
  void aNameIsText() {
    fleet.work("ses-4").about("<b>Bold</b>", "", "").enqueue();

    assertThat(actions("cancel bold", VisitorRole.OPERATOR))
        .containsOnlyKeys("Cancel: ses-4 <b>Bold</b>");
  }

  /** Links by name. */
  private Map<String, String> actions(String text, VisitorRole role) {
    Map<String, String> found = new TreeMap<>();
    server
        .get("/admin/work?q=" + text.replace(" ", "%20"), fleet.visitor(role))
        .main()
        .select(".things li:has(.quiet:containsOwn(action)) a")
        .forEach(link -> found.put(link.text(), link.attr("href")));
    return found;
  }
}
