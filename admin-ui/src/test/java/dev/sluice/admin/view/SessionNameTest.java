package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.work.Subject;
import org.junit.jupiter.api.Test;

class SessionNameTest {

  private static final Links LINKS = new Links(null);
  private static final Subject FIX = new Subject("Fix flaky test", "fix/flaky", "opus");
  private static final String REPOSITORY = "git.example.com/acme/search-service";

  @Test
  void issueAndTitleComeFirst() {
    SessionName name =
        SessionName.of(new Headline("ses_1", "ENG-526", REPOSITORY, FIX), null, LINKS);

    assertThat(name.named()).isTrue();
    assertThat(name.words()).isEqualTo("ENG-526 Fix flaky test");
    assertThat(name.about()).containsExactly("search-service", "opus");
    assertThat(name.hint()).isEqualTo("ENG-526 Fix flaky test · search-service · opus · ses_1");
    assertThat(name.repository()).isEqualTo(REPOSITORY);
    assertThat(name.branch()).isEqualTo("fix/flaky");
    assertThat(name.link()).isEqualTo("/admin/sessions/ses_1");
  }

  @Test
  void aRepositoryOfItsProjectsNameIsNotRepeated() {
    Headline headline = new Headline("ses_1", "ENG-526", REPOSITORY, FIX);

    assertThat(SessionName.of(headline, "search-service", LINKS).about()).containsExactly("opus");
    assertThat(SessionName.of(headline, "search", LINKS).about())
        .containsExactly("search-service", "opus");
  }

  @Test
  void anIssueThatIsTheIdIsLeftOut() {
    SessionName titled = SessionName.of(new Headline("ses_1", "ses_1", null, FIX), null, LINKS);
    assertThat(titled.issue()).isNull();
    assertThat(titled.words()).isEqualTo("Fix flaky test");

    SessionName bare =
        SessionName.of(new Headline("ses_1", "ses_1", null, Subject.NONE), null, LINKS);
    assertThat(bare.named()).isFalse();
    assertThat(bare.words()).isEqualTo("ses_1");
    assertThat(bare).isEqualTo(SessionName.of("ses_1", LINKS));
  }

  @Test
  void aLongIssueIsCut() {
    SessionName name =
        SessionName.of(new Headline("s", "x".repeat(250), null, Subject.NONE), null, LINKS);

    assertThat(name.words()).isEqualTo("x".repeat(80) + "…");
  }
}
