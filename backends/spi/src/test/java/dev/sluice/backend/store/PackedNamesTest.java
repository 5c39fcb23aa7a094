package dev.sluice.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.workers.Projects;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packed lists are those of release 0.1.0. */
class PackedNamesTest {

  private static final List<String> PLAIN = List.of("a", "\u00e9");

  @Test
  void no_project_is_the_mark() {
    assertThat(PackedNames.pack(Projects.NONE)).containsExactly("\u007f");
    assertThat(PackedNames.projects(List.of("\u007f"))).isEqualTo(Projects.NONE);
    assertThat(PackedNames.pack(Projects.ALL)).isEmpty();
    assertThat(PackedNames.projects(List.of())).isEqualTo(Projects.ALL);
    assertThat(PackedNames.pack(Projects.of(PLAIN))).isEqualTo(PLAIN);
    assertThat(PackedNames.projects(PLAIN)).isEqualTo(Projects.of(PLAIN));
  }

  @Test
  void repositories_of_a_worker_follow_its_capabilities() {
    List<String> packed = PackedNames.pack(PLAIN, List.of("y/h", "x/h"));

    assertThat(packed).containsExactly("a", "\u00e9", "\u007fy/h", "\u007fx/h");
    assertThat(PackedNames.capabilities(packed)).isEqualTo(PLAIN);
    assertThat(PackedNames.repositories(packed)).containsExactly("y/h", "x/h");
    assertThat(PackedNames.packAll(List.of("x/h"))).containsExactly("\u007fx/h");
  }

  @Test
  void what_work_requires_is_sorted() {
    List<String> packed = PackedNames.packSorted(PLAIN, "x/h");

    assertThat(packed).containsExactly("a", "\u007fx/h", "\u00e9");
    assertThat(PackedNames.capabilities(packed)).isEqualTo(PLAIN);
    assertThat(PackedNames.repository(packed)).isEqualTo("x/h");
    assertThat(PackedNames.unnamed(packed)).containsExactly("a", "\u007f", "\u00e9");
  }

  @Test
  void a_list_without_repositories_is_packed_already() {
    assertThat(PackedNames.pack(PLAIN, List.of())).isSameAs(PLAIN);
    assertThat(PackedNames.packSorted(PLAIN, null)).isSameAs(PLAIN);
    assertThat(PackedNames.capabilities(PLAIN)).isSameAs(PLAIN);
    assertThat(PackedNames.unnamed(PLAIN)).isSameAs(PLAIN);
    assertThat(PackedNames.repositories(PLAIN)).isEmpty();
    assertThat(PackedNames.repository(PLAIN)).isNull();
  }
}
