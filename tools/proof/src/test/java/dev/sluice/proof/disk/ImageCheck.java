package dev.sluice.proof.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.store.QueueBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Starts the store on an image, and compares it with what was acknowledged at its moment. */
final class ImageCheck {

  static final String GOOD = "all is there";

  /**
   * The outcome for an image.
   *
   * @param refused why the start was refused; null if it started
   * @param missing records that are not as acknowledged
   */
  record Outcome(@Nullable String refused, List<String> missing) {

    boolean good() {
      return refused == null && missing.isEmpty();
    }

    @Override
    public String toString() {
      if (good()) {
        return GOOD;
      }
      return refused == null
          ? missing.size() + " missing, such as " + missing.stream().limit(3).toList()
          : "the start was refused: " + refused;
    }
  }

  private final Recording recording;

  ImageCheck(Recording recording) {
    this.recording = recording;
  }

  /**
   * @param directory is replaced by the image, then used by the store
   */
  Outcome run(Image image, Path directory) throws IOException {
    image.write(directory);
    Map<String, Integer> acknowledged = recording.acknowledged(image.moment());
    List<String> missing = new ArrayList<>();
    try (QueueBackend backend = RecordedProcess.open(directory)) {
      for (String problem : backend.upkeep().health().warnings()) {
        if (problem.startsWith("damaged")) {
          missing.add(problem);
        }
      }
      for (Plan plan : recording.plans()) {
        compare(backend, plan, acknowledged.getOrDefault(plan.name(), 0), missing);
      }
      events(backend, image.moment(), acknowledged, missing);
    } catch (BackendUnavailableException e) {
      return new Outcome(e.getMessage(), List.of());
    }
    return new Outcome(null, missing);
  }

  private void events(
      QueueBackend backend, int moment, Map<String, Integer> acknowledged, List<String> missing) {
    EventCheck check = new EventCheck(backend, missing);
    Map<String, Long> delivered = new TreeMap<>();
    for (Event told : recording.told(moment)) {
      check.told(told.kind().toString(), told.name(), told.at(), new String(told.data(), UTF_8));
      if (told.kind() == Event.Kind.DELIVER) {
        delivered.merge(told.name(), told.at(), (upTo, at) -> at == upTo + 1 ? at : upTo);
      }
    }
    recording.plans().stream()
        .map(Plan::org)
        .distinct()
        .forEach(org -> check.cursor(org, delivered.getOrDefault(org, 0L)));
    recording.plans().forEach(plan -> check.plan(plan, acknowledged.getOrDefault(plan.name(), 0)));
  }

  /** The call after the last acknowledged one may have had its effect, or part of it. */
  static void compare(QueueBackend backend, Plan plan, int acknowledged, List<String> missing) {
    Map<String, String> before = plan.expected().get(acknowledged);
    Map<String, String> after = plan.expected().get(Math.min(acknowledged + 1, plan.ops().size()));
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String found = Facts.of(backend, plan.org(), name);
      String least = before.getOrDefault(name, Facts.ABSENT);
      if (!found.equals(least) && !found.equals(after.getOrDefault(name, Facts.ABSENT))) {
        missing.add(name + " is [" + cut(found) + "], acknowledged was [" + cut(least) + "]");
      }
    }
  }

  private static String cut(String words) {
    return words.length() <= 100 ? words : words.substring(0, 100) + "...";
  }
}
