package dev.sluice.backend.workers;

import dev.sluice.backend.work.NewWork;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The projects whose work a worker takes.
 *
 * @param all true if it takes every project; it then names none
 * @param names of the projects that it takes
 */
public record Projects(boolean all, List<String> names) {

  public static final Projects ALL = new Projects(true, List.of());

  /** The projects of a worker that takes no work. */
  public static final Projects NONE = new Projects(false, List.of());

  public Projects {
    names = List.copyOf(names);
    if (all && !names.isEmpty()) {
      throw new IllegalArgumentException("all projects have no names");
    }
  }

  /** Returns the named projects; all if there are no names. */
  public static Projects of(List<String> names) {
    return names.isEmpty() ? ALL : new Projects(false, names);
  }

  /** Returns the named projects; none if there are no names. */
  public static Projects only(List<String> names) {
    return names.isEmpty() ? NONE : new Projects(false, names);
  }

  public boolean none() {
    return !all && names.isEmpty();
  }

  /** A worker that takes any work also takes work of {@link NewWork#ANY_PROJECT}. */
  public boolean takes(String project) {
    return all
        || names.contains(project)
        || (project.equals(NewWork.ANY_PROJECT) && !names.isEmpty());
  }

  /** Names {@link NewWork#ANY_PROJECT} too, and each project once. */
  public Projects taking() {
    if (names.isEmpty()) {
      return this;
    }
    Set<String> taking = new LinkedHashSet<>(names);
    taking.add(NewWork.ANY_PROJECT);
    return new Projects(false, List.copyOf(taking));
  }

  /** True if these have a project that the others lack. */
  public boolean takesMore(Projects others) {
    return all ? !others.all : !others.all && !new HashSet<>(others.names).containsAll(names);
  }
}
