package dev.sluice.service.emulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that a test has asked for and no call has met, the oldest first. */
final class Faults {

  private final List<Fault> left = new ArrayList<>();

  synchronized void add(Fault fault) {
    if (fault.count() > 0) {
      left.add(fault);
    }
  }

  synchronized void clear() {
    left.clear();
  }

  synchronized List<Fault> left() {
    return List.copyOf(left);
  }

  /** Uses up and returns the oldest fault that fits a call; null if none does. */
  synchronized @Nullable Fault take(String method, String path) {
    for (int i = 0; i < left.size(); i++) {
      Fault fault = left.get(i);
      if (fault.fits(method, path)) {
        if (fault.count() == 1) {
          left.remove(i);
        } else {
          left.set(i, fault.used());
        }
        return fault;
      }
    }
    return null;
  }
}
