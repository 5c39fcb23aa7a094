package dev.sluice.backend.hazelcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hosts on a network of their own, whose links can be cut in each direction: network namespaces
 * with a bridge in a further one, so that nothing of the machine's network changes.
 *
 * <p>A cut link drops packets silently, like a broken cable: its sender knows a hardware address
 * that no host has.
 */
final class NetworkHosts implements AutoCloseable {

  private static final String NAME = "sluice-";
  private static final Pattern NAMES = Pattern.compile(NAME + "(\\d+)-\\S+");
  private static final String NO_HOST = "02:00:00:00:ff:ff";
  private static final long PID = ProcessHandle.current().pid();

  /** Commands run as root, by {@code sudo} without a password for another user. */
  private static final List<String> AS_ROOT =
      "root".equals(System.getProperty("user.name")) ? List.of() : List.of("sudo", "-n");

  private final int size;
  private Set<Link> cut = Set.of();

  /** A direction of a link. */
  record Link(int from, int to) {

    @Override
    public String toString() {
      return from + ">" + to;
    }
  }

  private NetworkHosts(int size) {
    this.size = size;
  }

  /** Skips the test if this machine doesn't allow it; with {@code CI=true} the test fails. */
  static NetworkHosts start(int size) {
    Programs.needed("it makes the network that tests cut; it is in iproute2", "ip");
    removeLeftovers();
    NetworkHosts hosts = new NetworkHosts(size);
    try {
      run("", "ip", "netns", "add", hosts.hub());
    } catch (UncheckedIOException e) {
      return Programs.missing("Network namespaces need root, or sudo: " + e.getMessage());
    }
    try {
      hosts.build();
    } catch (RuntimeException e) {
      hosts.close();
      throw e;
    }
    return hosts;
  }

  private void build() {
    run("", "ip", "-n", hub(), "link", "add", "bridge", "type", "bridge");
    run("", "ip", "-n", hub(), "link", "set", "bridge", "up");
    for (int host = 0; host < size; host++) {
      run("", "ip", "netns", "add", name(host));
      List<String> own = new ArrayList<>();
      own.add("link add eth0 type veth peer name port" + host + " netns " + hub());
      own.add("link set eth0 address " + hardware(host) + " up");
      own.add("link set lo up");
      own.add("addr add " + address(host) + "/24 dev eth0");
      for (int other = 0; other < size; other++) {
        if (other != host) {
          own.add(neighbour(other, hardware(other)));
        }
      }
      batch(name(host), own);
      batch(hub(), List.of("link set port" + host + " master bridge up"));
    }
  }

  static String address(int host) {
    return "10.79.0." + (host + 1);
  }

  /** Cuts these directions, and mends all others. */
  void cut(Set<Link> links) {
    for (int host = 0; host < size; host++) {
      List<String> changes = new ArrayList<>();
      for (int other = 0; other < size; other++) {
        Link link = new Link(host, other);
        if (links.contains(link) != cut.contains(link)) {
          changes.add(neighbour(other, links.contains(link) ? NO_HOST : hardware(other)));
        }
      }
      if (!changes.isEmpty()) {
        batch(name(host), changes);
      }
    }
    cut = Set.copyOf(links);
  }

  /** The beginning of a command that runs on a host. */
  List<String> on(int host) {
    return Stream.concat(AS_ROOT.stream(), Stream.of("ip", "netns", "exec", name(host))).toList();
  }

  static void signal(String signal, long pid) {
    run("", "kill", "-" + signal, String.valueOf(pid));
  }

  /** Removes all, with the processes that still run there. */
  @Override
  public void close() {
    for (int host = 0; host < size; host++) {
      remove(name(host));
    }
    remove(hub());
  }

  private static void removeLeftovers() {
    for (String line : lines("ip", "netns", "list")) {
      Matcher name = NAMES.matcher(line.split(" ")[0]);
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
        remove(name.group());
      }
    }
  }

  private static void remove(String name) {
    if (lines("ip", "netns", "list").stream().anyMatch(line -> line.split(" ")[0].equals(name))) {
      for (String pid : lines("ip", "netns", "pids", name)) {
        signal("KILL", Long.parseLong(pid));
      }
      run("", "ip", "netns", "del", name);
    }
  }

  private String hub() {
    return NAME + PID + "-hub";
  }

  private static String name(int host) {
    return NAME + PID + "-" + host;
  }

  private static String hardware(int host) {
    return "02:00:00:00:00:0" + (host + 1);
  }

  private static String neighbour(int host, String hardware) {
    return "neigh replace " + address(host) + " lladdr " + hardware + " dev eth0 nud permanent";
  }

  private static void batch(String name, List<String> lines) {
    run(String.join("\n", lines) + "\n", "ip", "-n", name, "-batch", "-");
  }

  private static List<String> lines(String... command) {
    return run("", command).lines().filter(line -> !line.isBlank()).toList();
  }

  private static String run(String input, String... command) {
    List<String> all = Stream.concat(AS_ROOT.stream(), Stream.of(command)).toList();
    try {
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", all) + ": " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
