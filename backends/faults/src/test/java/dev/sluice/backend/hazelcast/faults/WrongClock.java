package dev.sluice.backend.hazelcast.faults;

import dev.sluice.backend.tck.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Gives a process another time of day; its monotonic clock stays that of the machine. */
final class WrongClock {

  private WrongClock() {}

  /** Skips the test if this machine can't; with {@code CI=true} the test fails. */
  static void check() {
    library();
  }

  /**
   * The beginning of a command. Only the time of day is wrong, as on a real machine. Without {@code
   * FORCE_MONOTONIC_FIX=0} the library takes a JVM's waits, which go by the monotonic clock, for
   * waits by the time of day: they end at once, and the process spins.
   */
  static List<String> environment(String clock) {
    return List.of(
        "env",
        "LD_PRELOAD=" + library(),
        "FAKETIME=" + clock,
        "DONT_FAKE_MONOTONIC=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
  }

  private static Path library() {
    return Stream.of("x86_64", "aarch64")
        .map(machine -> Path.of("/usr/lib", machine + "-linux-gnu/faketime/libfaketimeMT.so.1"))
        .filter(Files::exists)
        .findFirst()
        .orElseGet(() -> Programs.missing("No libfaketime, which gives members a wrong clock"));
  }
}
