package dev.sluice.backend.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectsTest {

  private static final Projects WEB = Projects.of(List.of("web"));

  @Test
  void noNamesAreAllOrNone() {
    assertThat(Projects.of(List.of())).isEqualTo(Projects.ALL);
    assertThat(Projects.only(List.of())).isEqualTo(Projects.NONE);
    assertThat(Projects.only(List.of("web"))).isEqualTo(WEB);
    assertThatThrownBy(() -> new Projects(true, List.of("web")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoNamesSomeTakesTheirsAndWorkOfNone() {
    assertThat(WEB.takes("web")).isTrue();
    assertThat(WEB.takes("default")).isTrue();
    assertThat(WEB.takes("app")).isFalse();
    assertThat(Projects.ALL.takes("app")).isTrue();
    assertThat(Projects.NONE.takes("app")).isFalse();
    assertThat(Projects.NONE.takes("default")).isFalse();
  }

  @Test
  void eachIsThereOnceBesideTheDefault() {
    assertThat(Projects.of(List.of("web", "app", "web")).taking().names())
        .containsExactly("web", "app", "default");
    assertThat(Projects.of(List.of("default", "web")).taking().names())
        .containsExactly("default", "web");
    assertThat(Projects.ALL.taking()).isEqualTo(Projects.ALL);
    assertThat(Projects.NONE.taking()).isEqualTo(Projects.NONE);
  }

  @Test
  void moreIsWhatTheOthersLack() {
    Projects both = Projects.of(List.of("web", "app"));

    assertThat(both.takesMore(WEB)).isTrue();
    assertThat(WEB.takesMore(both)).isFalse();
    assertThat(WEB.takesMore(Projects.NONE)).isTrue();
    assertThat(WEB.takesMore(Projects.ALL)).isFalse();
    assertThat(Projects.ALL.takesMore(WEB)).isTrue();
    assertThat(Projects.ALL.takesMore(Projects.NONE)).isTrue();
    assertThat(Projects.ALL.takesMore(Projects.ALL)).isFalse();
    assertThat(Projects.NONE.takesMore(WEB)).isFalse();
    assertThat(Projects.NONE.takesMore(Projects.NONE)).isFalse();
  }
}
