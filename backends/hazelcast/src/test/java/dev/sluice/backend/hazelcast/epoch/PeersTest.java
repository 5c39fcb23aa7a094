package dev.sluice.backend.hazelcast.epoch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microraft.model.log.LogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The members' listener for votes, with members and strangers. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeersTest {

  private static final PeerKey KEY = PeerKey.of("name", "secret", "a,b");

  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void listen() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        addresses.add(InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort()));
      }
    }
    peers(0, KEY);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void members_hear_each_other() throws Exception {
    Peers other = peers(1, KEY);

    awaitHeard(other, "hello");
  }

  @Test
  void another_secret_or_list_of_members_is_not_heard() throws Exception {
    Peers strange = peers(1, PeerKey.of("name", "other", "a,b"));
    Peers reordered = peers(1, PeerKey.of("name", "secret", "b,a"));
    for (int i = 0; i < 20; i++) {
      strange.send(0, "strange".getBytes(UTF_8));
      reordered.send(0, "reordered".getBytes(UTF_8));
      TimeUnit.MILLISECONDS.sleep(50); // the links connect on threads of their own
    }
    strange.close();
    reordered.close();
    assertThat(heard).isEmpty();

    awaitHeard(peers(1, KEY), "hello");
  }

  @Test
  void members_are_heard_among_strangers_who_say_nothing() throws Exception {
    for (int i = 0; i < 200; i++) {
      open.add(stranger());
    }

    awaitHeard(peers(1, KEY), "hello");
  }

  @Test
  void garbage_is_not_answered() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] garbage = new byte[random.nextInt(2_000) + 22];
      random.nextBytes(garbage);
      try (Socket stranger = stranger()) {
        write(stranger, garbage);
        assertThat(end(stranger)).isTrue();
      }
    }

    awaitHeard(peers(1, KEY), "hello");
  }

  @Test
  void a_huge_frame_ends_its_connection() throws Exception {
    try (Socket stranger = stranger()) {
      write(stranger, hello());
      assertThat(stranger.getInputStream().readNBytes(PeerKey.NONCE)).hasSize(PeerKey.NONCE);
      write(stranger, ByteBuffer.allocate(Integer.BYTES).putInt(Integer.MAX_VALUE).array());

      assertThat(end(stranger)).isTrue();
    }
  }

  @Test
  void a_frame_of_a_stranger_ends_its_connection() throws Exception {
    try (Socket stranger = stranger()) {
      write(stranger, hello());
      assertThat(stranger.getInputStream().readNBytes(PeerKey.NONCE)).hasSize(PeerKey.NONCE);
      write(stranger, new byte[Integer.BYTES + PeerKey.SIGNATURE]);

      assertThat(end(stranger)).isTrue();
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void a_member_that_closes_in_order_has_ended_and_one_that_resets_has_not() throws Exception {
    try (Socket first = stranger()) {
      say(frames(first), "first");
      first.setSoLinger(true, 0);
    }
    try (Socket second = stranger();
        Socket third = stranger()) {
      say(frames(second), "second");
      Frames latest = frames(third);
      say(latest, "third");
      assertThat(end(second)).as("an old connection").isTrue();
      say(latest, "fourth");
    }

    assertThat(heard.take()).isEqualTo("end of 1");
    assertThat(heard).isEmpty();
  }

  /** As the second member. */
  private static Frames frames(Socket socket) throws IOException {
    return Frames.call(socket, KEY, 1, 0, System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
  }

  private void say(Frames frames, String what) throws Exception {
    frames.write(what.getBytes(UTF_8));
    assertThat(heard.take()).isEqualTo(what);
  }

  @Test
  void the_largest_log_fits_into_a_frame() throws IOException {
    List<Part> parts = Collections.nCopies(7, new Part(0, UUID.randomUUID()));
    LogEntry entry =
        RaftCodec.MODEL
            .createLogEntryBuilder()
            .setIndex(1)
            .setTerm(1)
            .setOperation(new Change(Change.Kind.VIEW, 1, parts))
            .build();
    Base full =
        new Base(1, 127, 1, 0, 0, 0, Epoch.NONE, Collections.nCopies(RaftCodec.MAX_ENTRIES, entry));

    byte[] note = Notes.base(full);
    assertThat(note.length).isLessThan(Frames.MAX_PAYLOAD);
    Base more =
        new Base(
            1, 127, 1, 0, 0, 0, Epoch.NONE, Collections.nCopies(RaftCodec.MAX_ENTRIES + 1, entry));
    assertThatThrownBy(() -> Notes.base(more)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_message_that_is_too_large_is_not_sent_and_stops_no_other() throws Exception {
    Peers other = peers(1, KEY);
    awaitHeard(other, "hello");

    other.send(0, new byte[Frames.MAX_PAYLOAD + 1]);
    awaitHeard(other, "again");
  }

  @Test
  void a_slow_stranger_has_no_more_time_than_a_silent_one() throws Exception {
    try (Socket stranger = stranger()) {
      OutputStream out = stranger.getOutputStream();
      long began = System.nanoTime();
      try {
        for (byte each : hello()) {
          out.write(each);
          TimeUnit.MILLISECONDS.sleep(500); // the whole hello would take longer than a link waits
        }
      } catch (IOException e) {
        // was closed
      }
      assertThat(end(stranger)).isTrue();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(11);
    }
  }

  private static byte[] hello() {
    return ByteBuffer.allocate(6 + PeerKey.NONCE)
        .put("SLE1".getBytes(UTF_8))
        .put((byte) 1)
        .put((byte) 0)
        .array();
  }

  private Socket stranger() throws IOException {
    Socket socket = new Socket("127.0.0.1", addresses.get(0).getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // is closed already
    }
  }

  /** True once the listener has closed the connection without a further word. */
  private static boolean end(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void awaitHeard(Peers from, String what) throws InterruptedException {
    while (!what.equals(heard.poll(100, TimeUnit.MILLISECONDS))) {
      from.send(0, what.getBytes(UTF_8));
    }
  }

  private Peers peers(int self, PeerKey key) throws IOException {
    Peers peers =
        new Peers(
            self == 0 ? addresses : List.of(addresses.get(0), free()),
            self,
            key,
            new Peers.Receiver() {
              @Override
              public void receive(int from, byte[] message) {
                heard.add(new String(message, UTF_8));
              }

              @Override
              public void ended(int from) {
                heard.add("end of " + from);
              }
            });
    open.add(peers);
    peers.start();
    return peers;
  }

  private static InetSocketAddress free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort());
    }
  }
}
