package dev.sluice.service.gitcredentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubAppTest {

  private static final String ENGINE = "https://github.com/Acme/engine.git";
  private static final String DOCS = "https://github.com/acme/docs";

  private final MovableClock clock = new MovableClock();
  private final GitHubStandIn gitHub =
      new GitHubStandIn(clock.utc()).install("acme/engine", 11).install("acme/docs", 11);
  private final GitCredentialSource source = source("");

  @AfterEach
  void close() {
    source.close();
    gitHub.close();
  }

  @Test
  void aTokenIsForTheOneRepositoryAndCountsAsLongAsGitHubSays() {
    GitCredential credential = ask(ENGINE).orElseThrow();
    assertThat(credential.token()).isEqualTo(GitHubStandIn.PREFIX + "1_for_engine");
    assertThat(credential.cloneUrl()).isEqualTo(ENGINE);
    assertThat(credential.expiresAt()).isEqualTo(clock.utc().instant().plus(Duration.ofHours(1)));
    assertThat(gitHub.asked()).hasToString("[{\"repositories\":[\"engine\"]}]");
  }

  @Test
  void allUrlsOfARepositoryShareItsToken() {
    ask(ENGINE);
    for (String url :
        List.of(
            "https://github.com/acme/engine",
            "https://GitHub.com/ACME/Engine.git",
            "ssh://git@github.com/acme/engine.git",
            "git@github.com:acme/engine.git")) {
      assertThat(ask(url).orElseThrow().token()).as(url).endsWith("1_for_engine");
    }
    assertThat(gitHub.minted()).isEqualTo(1);
    assertThat(ask("git@github.com:acme/engine.git").orElseThrow().cloneUrl())
        .as("a token is no use for SSH")
        .isEqualTo("https://github.com/acme/engine.git");
  }

  @Test
  void whatIsNotOnGitHubIsNotAskedForThere() {
    for (String url :
        List.of(
            "https://gitlab.com/acme/engine.git",
            "https://github.com.example.com/acme/engine.git",
            "https://example.com/github.com/acme/engine.git",
            "https://github.com/acme",
            "https://github.com/acme/engine/tree",
            "http://github.com/acme/engine.git",
            "https://me:secret@github.com/acme/engine.git",
            "https://github.com/acme/../engine",
            "https://github.com/acme/engine?x=1",
            "https://github.com/acme/en%67ine",
            "https://github.com\\@example.com/acme/engine",
            "acme/engine",
            "")) {
      assertThat(ask(url)).as(url).isEmpty();
    }
    assertThat(gitHub.seen()).isEmpty();
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItsEnd() {
    ask(ENGINE);
    clock.jump(Duration.ofMinutes(49));
    assertThat(ask(ENGINE).orElseThrow().token()).contains("1_for");
    clock.jump(Duration.ofMinutes(2));
    GitCredential next = ask(ENGINE).orElseThrow();
    assertThat(next.token()).contains("2_for");
    assertThat(next.expiresAt()).isEqualTo(clock.utc().instant().plus(Duration.ofHours(1)));
    assertThat(gitHub.seen())
        .extracting(GitHubStandIn.Seen::method)
        .as("the installation is remembered")
        .containsExactly("GET", "POST", "POST");
  }

  @Test
  void aTokenThatCantBeRenewedIsUsedToItsEnd() {
    ask(ENGINE);
    clock.jump(Duration.ofMinutes(52));
    gitHub.fail(500);
    assertThat(ask(ENGINE).orElseThrow().token()).contains("1_for");
    assertThat(ask(ENGINE).orElseThrow().token()).as("at once").contains("1_for");
    clock.jump(Duration.ofMinutes(8));
    assertThat(fails(ENGINE)).as("it is over").isTrue();
  }

  @Test
  void whoAskAtOnceWaitForOneMint() {
    gitHub.hold();
    List<CompletableFuture<Optional<GitCredential>>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(source.credential(ENGINE));
      all.add(source.credential("git@github.com:acme/engine.git"));
    }
    all.add(source.credential(DOCS));
    assertThat(all).noneMatch(CompletableFuture::isDone);
    gitHub.release();
    for (CompletableFuture<Optional<GitCredential>> one : all) {
      assertThat(get(one)).isPresent();
    }
    assertThat(gitHub.minted()).isEqualTo(2);
    assertThat(gitHub.seen()).hasSize(4);
  }

  @Test
  void anAppThatIsNotInstalledForARepositoryKeepsNobodyElseWaiting() {
    String foreign = "https://github.com/other/thing.git";
    assertThat(ask(foreign)).isEmpty();
    assertThat(ask(ENGINE)).isPresent();
    int before = gitHub.seen().size();
    assertThat(ask(foreign)).isEmpty();
    assertThat(gitHub.seen()).as("it is left alone for a while").hasSize(before);

    gitHub.install("other/thing", 12);
    clock.jump(Duration.ofSeconds(6));
    assertThat(ask(foreign)).as("installed since").isPresent();
  }

  @Test
  void anInstallationThatWasReplacedIsLookedUpAnew() {
    ask(ENGINE);
    gitHub.uninstall("acme/docs");
    gitHub.install("acme/engine", 77);
    clock.jump(Duration.ofHours(2));
    assertThat(ask(ENGINE)).as("the old installation is no more").isEmpty();
    clock.jump(Duration.ofSeconds(6));
    assertThat(ask(ENGINE)).isPresent();
  }

  @Test
  void troubleOfGitHubItselfIsLeftAloneForLongerAndLonger() {
    for (int status : List.of(401, 500, 503)) {
      gitHub.fail(status);
      assertThat(fails(ENGINE)).as("%d", status).isTrue();
      int before = gitHub.seen().size();
      assertThat(fails(ENGINE)).isTrue();
      assertThat(fails(DOCS)).as("any other repository too").isTrue();
      assertThat(gitHub.seen()).hasSize(before);
      clock.jump(Duration.ofSeconds(6));
      assertThat(fails(DOCS)).as("the second time").isTrue();
      assertThat(gitHub.seen()).hasSize(before + 1);
      clock.jump(Duration.ofSeconds(6));
      assertThat(fails(DOCS)).isTrue();
      assertThat(gitHub.seen()).as("twice as long").hasSize(before + 1);
      clock.jump(Duration.ofMinutes(6));
      gitHub.fail(0);
      assertThat(ask("git@github.com:acme/engine.git")).as("and it recovers").isPresent();
      clock.jump(Duration.ofHours(2));
    }
  }

  @Test
  void aLimitIsRespectedForAsLongAsGitHubSays() {
    gitHub.fail(403, "Retry-After", "120");
    assertThat(fails(ENGINE)).isTrue();
    gitHub.fail(0);
    clock.jump(Duration.ofSeconds(119));
    assertThat(fails(DOCS)).isTrue();
    assertThat(gitHub.seen()).hasSize(1);
    clock.jump(Duration.ofSeconds(2));
    assertThat(ask(DOCS)).isPresent();
  }

  @Test
  void aServerThatIsGoneIsTroubleLikeAnyOther() {
    gitHub.close();
    assertThat(fails(ENGINE)).isTrue();
  }

  @Test
  void answersThatMakeNoSenseGiveNoToken() {
    for (String answer :
        List.of(
            "no json",
            "[]",
            "{\"id\":\"eleven\"}",
            "{\"id\":1.5}",
            "{\"id\":11}",
            "{\"id\":11,\"token\":\"ghs_x\"}",
            "{\"id\":11,\"token\":\"ghs_x\",\"expires_at\":\"soon\"}",
            "{\"id\":11,\"token\":\"\",\"expires_at\":\"2027-01-01T00:00:00Z\"}",
            "{\"id\":11,\"token\":\"ghs_x\",\"expires_at\":\"2026-03-02T09:00:00Z\"}")) {
      gitHub.answerInstead(answer);
      assertThat(fails(ENGINE)).as(answer).isTrue();
      clock.jump(Duration.ofMinutes(6));
    }
    gitHub.answerInstead("");
    assertThat(ask(ENGINE)).isPresent();
  }

  @Test
  void aRedirectIsNotFollowed() {
    gitHub.fail(301, "Location", gitHub.url() + "/repos/acme/docs/installation");
    assertThat(ask(ENGINE)).isEmpty();
    assertThat(gitHub.seen()).hasSize(1);
  }

  @Test
  void aTokenMayHaveLessThanTheApp() {
    try (GitCredentialSource less = source(", permissions: {contents: read}")) {
      assertThat(get(less.credential(ENGINE))).isPresent();
    }
    assertThat(gitHub.asked())
        .hasToString("[{\"repositories\":[\"engine\"],\"permissions\":{\"contents\":\"read\"}}]");
  }

  @Test
  void nothingTellsASecretInItsText() {
    GitCredential credential = ask(ENGINE).orElseThrow();
    assertThat(credential.toString()).doesNotContain(GitHubStandIn.PREFIX).contains(ENGINE);
    GitToken token = new GitToken("secret", clock.utc().instant(), clock.utc().instant());
    assertThat(token.toString()).doesNotContain("secret");
    assertThat(new GitCredentialsEnvironment(clock.utc(), Map.of("A", "secret")).toString())
        .doesNotContain("secret");
  }

  private GitCredentialSource source(String more) {
    return Blocks.source(
        "{type: github-app, github-app: {appId: "
            + GitHubStandIn.APP_ID
            + ", privateKeyVariable: KEY, apiUrl: \""
            + gitHub.url()
            + "\""
            + more
            + "}}",
        clock.utc(),
        Map.of("KEY", GitHubStandIn.pkcs1()));
  }

  private Optional<GitCredential> ask(String url) {
    return get(source.credential(url));
  }

  private boolean fails(String url) {
    return source
        .credential(url)
        .handle((found, problem) -> problem != null)
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private static Optional<GitCredential> get(CompletableFuture<Optional<GitCredential>> answer) {
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
