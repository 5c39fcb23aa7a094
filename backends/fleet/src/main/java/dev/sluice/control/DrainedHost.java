package dev.sluice.control;

import java.util.List;

/**
 * @param host with its workers after the order
 * @param gone ids of workers that were deregistered meanwhile
 */
public record DrainedHost(Host host, List<String> gone) {

  public DrainedHost {
    gone = List.copyOf(gone);
  }
}
