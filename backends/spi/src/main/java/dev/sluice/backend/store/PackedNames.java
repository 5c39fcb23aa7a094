package dev.sluice.backend.store;

import dev.sluice.backend.Names;
import dev.sluice.backend.workers.Projects;
import dev.sluice.backend.workers.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form in which stores and exports keep projects and repositories since release 0.1.0. A
 * repository is a capability that begins with {@link #MARK}. The projects of a worker that takes no
 * work are {@link #MARK} alone. No name that a client gives has this character.
 */
public final class PackedNames {

  public static final String MARK = "\u007f";

  private static final List<String> NO_PROJECTS = List.of(MARK);

  private PackedNames() {}

  public static List<String> pack(Projects projects) {
    return projects.none() ? NO_PROJECTS : projects.names();
  }

  public static Projects projects(List<String> packed) {
    return packed.equals(NO_PROJECTS) ? Projects.NONE : Projects.of(packed);
  }

  /** Returns a worker whose repositories are among its capabilities. */
  public static Registration pack(Registration worker) {
    return worker.repositories().isEmpty()
        ? worker
        : worker.with(
            packed ->
                packed
                    .capabilities(pack(worker.capabilities(), worker.repositories()))
                    .repositories(List.of()));
  }

  public static Registration unpack(Registration packed) {
    return repository(packed.capabilities()) == null
        ? packed
        : packed.with(
            worker ->
                worker
                    .capabilities(capabilities(packed.capabilities()))
                    .repositories(repositories(packed.capabilities())));
  }

  public static List<String> pack(List<String> capabilities, List<String> repositories) {
    return repositories.isEmpty()
        ? capabilities
        : Stream.concat(capabilities.stream(), packAll(repositories).stream()).toList();
  }

  public static List<String> packAll(List<String> repositories) {
    return repositories.stream().map(MARK::concat).toList();
  }

  /** Packs what work requires, sorted by bytes. */
  public static List<String> packSorted(List<String> capabilities, @Nullable String repository) {
    return repository == null ? capabilities : withSorted(capabilities, MARK + repository);
  }

  private static List<String> withSorted(List<String> capabilities, String packed) {
    return Stream.concat(capabilities.stream(), Stream.of(packed))
        .sorted(Names::compareBytes)
        .toList();
  }

  public static List<String> capabilities(List<String> packed) {
    return repository(packed) == null
        ? packed
        : packed.stream().filter(name -> !name.startsWith(MARK)).toList();
  }

  public static List<String> repositories(List<String> packed) {
    if (repository(packed) == null) {
      return List.of();
    }
    List<String> repositories = new ArrayList<>();
    for (String name : packed) {
      if (name.startsWith(MARK)) {
        repositories.add(name.substring(MARK.length()));
      }
    }
    return repositories;
  }

  /** Returns the first repository; null if there is none. */
  public static @Nullable String repository(List<String> packed) {
    for (int i = 0; i < packed.size(); i++) {
      if (packed.get(i).startsWith(MARK)) {
        return packed.get(i).substring(MARK.length());
      }
    }
    return null;
  }

  /** Returns what work requires, with {@link #MARK} for whatever repository it names. */
  public static List<String> unnamed(List<String> packed) {
    return repository(packed) == null ? packed : withSorted(capabilities(packed), MARK);
  }
}
