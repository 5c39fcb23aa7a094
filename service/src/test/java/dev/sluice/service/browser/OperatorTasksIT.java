package dev.sluice.service.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.browser.Operator.Way;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an operator on call does, on a fleet at work, by mouse, by keyboard, without script and on a
 * phone, with the number of clicks for each.
 */
class OperatorTasksIT extends BrowserTest {

  /** The first screen of a phone is behind a menu. */
  private static final int MENU = 1;

  private static final boolean LONG = Boolean.getBoolean("sluice.long");

  private final Map<String, Map<Way, Integer>> counted = new TreeMap<>();

  private Operator operator;
  private SceneWorker worker;
  private String project;

  static List<Way> ways() {
    return LONG ? List.of(Way.values()) : List.of(Way.MOUSE, Way.WITHOUT_SCRIPT);
  }

  @Override
  protected Dashboard startDashboard() {
    return Dashboard.onHazelcast();
  }

  @BeforeAll
  void morning() {
    FleetScene.play(dashboard);
  }

  @BeforeEach
  void ann() {
    startAs("ann");
  }

  @AfterEach
  void asBefore() {
    browser.script(true);
    browser.width(Browser.DESKTOP);
  }

  @AfterAll
  void print() {
    counted.forEach((task, clicks) -> System.out.println("Clicks to " + task + ": " + clicks));
  }

  private void begin(Way way) {
    operator = new Operator(browser, way);
    browser.open("/admin");
  }

  private String running(String name, Way way) {
    String id = claimed(name, way);
    worker.report(id, "running");
    return id;
  }

  /** A worker with a session of an issue, in a project of its own. */
  private String claimed(String name, Way way) {
    project = name + "-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
    worker =
        dashboard.worker(
            "{\"hostname\":\"host-%s\",\"capacity\":3,\"projects\":[\"%s\"]}"
                .formatted(project, project));
    String id = waiting(1);
    assertThat(worker.poll(1)).containsExactly(id);
    return id;
  }

  private String waiting(int number) {
    String id = "ses_" + project + "_" + number;
    dashboard.post(
        "/api/work",
        ("{\"sessionId\":\"%s\",\"projectName\":\"%s\",\"prompt\":\"p\",\"title\":\"Task %s\","
                + "\"issueIdentifier\":\"%s-%d\"}")
            .formatted(id, project, project, project.toUpperCase(Locale.ROOT), number));
    return id;
  }

  private String issue(int number) {
    return project.toUpperCase(Locale.ROOT) + "-" + number;
  }

  private void took(String task, Way way, int most) {
    int clicks = operator.clicks();
    counted.computeIfAbsent(task, any -> new TreeMap<>()).put(way, clicks);
    assertThat(clicks)
        .as("clicks to " + task)
        .isLessThanOrEqualTo(way == Way.PHONE ? most + MENU : most);
  }

  private void awaitInSnapshot(String page, String text) {
    browser.awaitByLoading(
        text + " in the snapshot",
        () -> {
          browser.open(page);
          return browser.text("main").contains(text);
        });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void seeWhatIsWrong(Way way) {
    begin(way);

    operator.sees("docs");
    assertThat(browser.text("main")).contains("is paused", "dead letters", "stuck");
    took("see what is wrong", way, 0);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void findTheSessionOfAnIssue(Way way) {
    running("find", way);
    awaitInSnapshot("/admin/work?project=" + project, issue(1));
    begin(way);

    operator.type("#search", issue(1).toLowerCase(Locale.ROOT));
    operator.enter("#search");
    operator.click("main tbody th a");

    operator.sees("Task " + project);
    took("find the session of an issue", way, 3);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void seeWhyWorkWaitsAndPutItFirst(Way way) {
    running("front", way);
    waiting(2);
    waiting(3);
    begin(way);

    operator.go("/queues");
    operator.click("main th a[href$='/" + project + "']");
    operator.sees(issue(3));
    operator.click("main a[href*='" + project + "_3/front']");
    operator.submit();

    String item = "/api/work/ses_" + project + "_3"; // the form has its issue too
    browser.await("first", () -> dashboard.call("GET", item, null).at("/position").asInt() == 1);
    operator.sees(issue(3));
    took("see why work waits, and put it first", way, 5);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void stopARunawayAndKnowThatItStopped(Way way) {
    String id = running("runaway", way);
    worker.report(id, "running", 44.36, 1_000_000, "");
    awaitInSnapshot("/admin/spend", issue(1));
    begin(way);

    operator.go("/spend");
    operator.click("main th a[href*='" + id + "']");
    operator.choose("Stop");
    operator.type("#reason", "it burns money");
    operator.submit();
    browser.await("a stop", () -> state(id).equals("stopped"));
    worker.poll(1);
    worker.report(id, "stopped");

    browser.open("/admin/sessions/" + id);
    operator.sees("stopped");
    took("stop a runaway", way, 5);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void tellASessionAndSeeItRead(Way way) {
    String id = running("tell", way);
    awaitInSnapshot("/admin/work?project=" + project, issue(1));
    begin(way);

    operator.go("/work");
    operator.click("main th a[href*='" + id + "']");
    operator.type(".composer [name=text]", "leave the migration alone");
    operator.click(".composer button[type=submit]");
    operator.sees("leave the migration alone");
    assertThat(worker.acknowledgeAll()).isEqualTo(1);

    operator.sees("Acknowledged");
    took("tell a session, and see it read", way, 5);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void drainAHostForAReboot(Way way) {
    String id = running("reboot", way);
    awaitInSnapshot("/admin/hosts", "host-" + project);
    begin(way);

    operator.go("/hosts");
    operator.click("a[href='/admin/hosts/host-" + project + "/drain']");
    operator.type("#reason", "new disk");
    operator.submit();
    operator.sees("1 session left");
    worker.report(id, "completed");

    operator.sees("Safe to reboot");
    took("drain a host for a reboot", way, 4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void pauseAProjectUntilATime(Way way) {
    running("pause", way);
    begin(way);

    operator.go("/queues");
    operator.click("main th a[href$='/" + project + "']");
    operator.choose("Pause");
    operator.type("#reason", "the provider is down");
    operator.submit();

    operator.sees("the provider is down");
    took("pause a project", way, 4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void pauseAllAndResumeThem(Way way) {
    running("pause-all", way);
    begin(way);

    operator.go("/queues");
    operator.choose("Pause all");
    operator.type("#reason", "the provider is down");
    operator.submit();
    operator.sees("paused");
    took("pause all projects", way, 4);

    operator.choose("Resume all I paused");
    operator.submit();
    operator.sees("open again");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void retryTheDeadLettersOfOneCause(Way way) {
    String id = claimed("dead", way);
    SceneWorker other =
        dashboard.worker(
            "{\"hostname\":\"other\",\"capacity\":1,\"projects\":[\"%s\"]}".formatted(project));
    worker.nack(id, "no Node 22 on " + project);
    assertThat(other.poll(1)).containsExactly(id);
    other.nack(id, "no Node 22 on " + project);
    begin(way);

    operator.go("/work");
    operator.click("nav a[href*='state=dead']");
    operator.sees("no Node # on " + project);
    operator.choose("Requeue this group");
    operator.type("#reason", "Node 22 is there now");
    operator.submit();

    browser.await("a requeue", () -> place(id).equals("ready"));
    assertThat(dashboard.call("GET", "/api/dead", null).at("/dead")).isNotEmpty();
    took("retry the dead letters of one cause", way, 4);
  }

  private String state(String id) {
    return dashboard.call("GET", "/api/work/" + id, null).at("/state").asText();
  }

  private String place(String id) {
    return dashboard.call("GET", "/api/work/" + id, null).at("/place").asText();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void seeWhoBurnsMoney(Way way) {
    String id = running("money", way);
    worker.report(id, "running", 7.25, 1_000, "");
    awaitInSnapshot("/admin/spend", issue(1));
    begin(way);

    operator.go("/spend");

    operator.sees(issue(1));
    assertThat(browser.text("main")).contains("$7.25");
    took("see who burns money", way, 4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void seeWhoDidWhat(Way way) {
    begin(way);

    operator.go("/activity");

    operator.sees("GPU driver update");
    took("see who did what", way, 4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void seeTheLastDay(Way way) {
    begin(way);

    operator.go("/charts");
    operator.click("main nav a[href*='24h']");

    operator.sees("Waiting");
    took("see the last day", way, 4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void addAWorkerAndSeeItConnect(Way way) {
    startAs("admin");
    begin(way);

    operator.go("/workers");
    operator.choose("Add a worker");
    operator.type("#name", "new machines");
    operator.submit();
    operator.sees("No worker has registered with this key yet");

    took("add a worker", way, 5);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void stopAllOfAProject(Way way) {
    String id = running("stop-all", way);
    begin(way);

    operator.go("/queues");
    operator.click("main th a[href$='/" + project + "']");
    operator.choose("Stop running");
    operator.type("#reason", "the data set is wrong");
    operator.submit();
    operator.sees("0 of 1");
    worker.poll(1);
    worker.report(id, "stopped");

    operator.sees("1 of 1");
    took("stop all of a project", way, 5);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aViewerSeesNoActs(Way way) {
    running("view", way);
    startAs("vera");
    begin(way);

    operator.go("/queues");
    operator.click("main th a[href$='/" + project + "']");

    operator.sees(project);
    assertThat(browser.has("main .acts a, main .acts button")).isFalse();
    took("look as a viewer", way, 4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theRootLeadsToTheDashboard(Way way) {
    operator = new Operator(browser, way);
    browser.open("/");

    assertThat(browser.path()).startsWith("/admin");
    took("come from the address alone", way, 0);
  }
}
