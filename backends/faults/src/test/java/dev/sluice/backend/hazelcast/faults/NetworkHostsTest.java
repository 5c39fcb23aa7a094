package dev.sluice.backend.hazelcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.hazelcast.faults.NetworkHosts.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NetworkHostsTest {

  private static final int PORT = 5_000;

  @Test
  void aLinkIsCutInOneDirection() throws Exception {
    try (NetworkHosts hosts = NetworkHosts.start(2);
        Station first = new Station(hosts, 0);
        Station second = new Station(hosts, 1)) {
      first.send("a", 1);
      assertThat(second.heard()).isEqualTo("a");

      hosts.cut(Set.of(new Link(0, 1)));
      first.send("lost", 1);
      second.send("b", 0);
      assertThat(first.heard()).isEqualTo("b");

      hosts.cut(Set.of(new Link(1, 0)));
      second.send("lost", 0);
      first.send("c", 1);
      assertThat(second.heard()).isEqualTo("c");

      hosts.cut(Set.of());
      second.send("d", 0);
      assertThat(first.heard()).isEqualTo("d");
    }
  }

  @Test
  void nothingStays() throws Exception {
    try (NetworkHosts hosts = NetworkHosts.start(2)) {
      Station left = new Station(hosts, 0);
      hosts.close();
      assertThat(left.process.waitFor()).isNotZero();
    }
    Process list = new ProcessBuilder("ip", "netns", "list").start();
    assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("sluice-" + ProcessHandle.current().pid() + "-");
  }

  /** A process that sends packets and tells which ones it got. */
  private static final class Station implements AutoCloseable {

    private final Process process;
    private final BufferedReader heard;
    private final PrintWriter input;

    Station(NetworkHosts hosts, int host) throws IOException {
      List<String> command = new ArrayList<>(hosts.on(host));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-cp");
      command.add(Path.of("target", "test-classes").toAbsolutePath().toString());
      command.add(Radio.class.getName());
      command.add(NetworkHosts.address(host));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      heard = process.inputReader();
      input = new PrintWriter(process.outputWriter(), true);
      assertThat(heard()).isEqualTo("listening");
    }

    void send(String text, int host) throws IOException {
      input.println(NetworkHosts.address(host) + " " + text);
      assertThat(heard()).isEqualTo("sent");
    }

    String heard() throws IOException {
      return heard.readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** The process of a {@link Station}. */
  static final class Radio {

    private Radio() {}

    public static void main(String[] args) throws IOException {
      DatagramSocket socket =
          new DatagramSocket(new InetSocketAddress(InetAddress.getByName(args[0]), PORT));
      Thread listener =
          new Thread(
              () -> {
                try {
                  while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                    socket.receive(packet);
                    say(
                        new String(
                            packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      listener.setDaemon(true);
      listener.start();
      say("listening");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        byte[] text = line.split(" ")[1].getBytes(StandardCharsets.UTF_8);
        socket.send(
            new DatagramPacket(text, text.length, InetAddress.getByName(line.split(" ")[0]), PORT));
        say("sent");
      }
    }

    private static synchronized void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
