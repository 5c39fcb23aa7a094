package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.sessions.Headline;
import dev.sluice.backend.work.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aTitleMadeFromAPromptIsForItsReaders() {
    Subject derived = new Subject("Fix flaky test", "", "", true);
    Headline headline = new Headline("ses_1", "ENG-526", null, derived);

    assertThat(SessionName.of(headline, null, new Links(null, false)).words()).isEqualTo("ENG-526");
    assertThat(SessionName.of(headline, null, new Links(null, true)).words())
        .isEqualTo("ENG-526 Fix flaky test");
  }

  @Test
  void aRepositoryOfItsProjectsNameIsNotRepeated() {
    Headline headline = new Headline("ses_1", "ENG-526", REPOSITORY, FIX);

    assertThat(SessionName.of(headline, "search-service", LINKS).about()).containsExactly("opus");
    assertThat(SessionName.of(headline, "search", LINKS).about())
        .containsExactly("search-service", "opus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ses_28332428694fef7076dcfb4c", "5f0c1d2e-9a3b-4c5d-8e6f-112233445566"})
  void anIdThatNobodyChoseIsLeftOut(String id) {
    SessionName titled = SessionName.of(new Headline(id, id, null, FIX), null, LINKS);
    assertThat(titled.issue()).isNull();
    assertThat(titled.words()).isEqualTo("Fix flaky test");

    SessionName bare = SessionName.of(new Headline(id, id, null, Subject.NONE), null, LINKS);
    assertThat(bare.named()).isFalse();
    assertThat(bare.words()).isEqualTo(id);
    assertThat(bare).isEqualTo(SessionName.of(id, LINKS));
  }

  @Test
  void anIdThatAProducerChoseIsItsIssue() {
    SessionName name = SessionName.of(new Headline("fix-1", "fix-1", null, FIX), null, LINKS);

    assertThat(name.words()).isEqualTo("fix-1 Fix flaky test");
    assertThat(name.hint()).isEqualTo("fix-1 Fix flaky test · opus");
  }

  @Test
  void aLongIssueIsCut() {
    SessionName name =
        SessionName.of(new Headline("s", "x".repeat(250), null, Subject.NONE), null, LINKS);

    assertThat(name.words()).isEqualTo("x".repeat(80) + "…");
  }
}
