package dev.sluice.service.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections without a credential that send as little as keeps them open. */
final class SlowClients implements AutoCloseable {

  private static final String LOGIN =
      "POST /api/login HTTP/1.1\r\nHost: sluice\r\nContent-Type: application/json\r\n";

  private static final String OTHER_ADDRESS = "127.0.0.2";

  private final int port;
  private final List<Client> clients = new ArrayList<>();

  /** A connection: its first bytes, and what it sends from time to time. */
  private final class Client {
    private final String from;
    private final String first;
    private final String more;
    private SocketChannel channel;

    Client(String from, String first, String more) throws IOException {
      this.from = from;
      this.first = first;
      this.more = more;
      this.channel = open();
    }

    private SocketChannel open() throws IOException {
      SocketChannel opened = SocketChannel.open();
      opened.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      opened.bind(new InetSocketAddress(from, 0));
      opened.connect(new InetSocketAddress("127.0.0.1", port));
      opened.configureBlocking(false);
      try {
        opened.write(ByteBuffer.wrap(first.getBytes(US_ASCII)));
      } catch (IOException refused) {
        opened.close();
      }
      return opened;
    }

    void goOn() {
      try {
        channel.write(ByteBuffer.wrap(more.getBytes(US_ASCII)));
      } catch (IOException refused) {
        again();
      }
    }

    private void again() {
      try {
        channel.close();
        channel = open();
      } catch (IOException full) {
        // the next turn tries again
      }
    }
  }

  SlowClients(int port) {
    this.port = port;
  }

  /** A body of 1,200 bytes, of which 200 come, then one at a time. */
  void bodies(int count) throws IOException {
    String head = LOGIN + "Content-Length: 1200\r\n\r\n{" + " ".repeat(199);
    add(count, head, " ");
  }

  /** A body of 2 MB, of which 1 MB comes. */
  void uploads(int count) throws IOException {
    String head = LOGIN + "Content-Length: 2000000\r\n\r\n{" + " ".repeat(1_000_000);
    add(count, head, " ".repeat(1_000));
  }

  /** Calls whose answers are never read. */
  void readers(int count) throws IOException {
    add(count, "GET /openapi.json HTTP/1.1\r\nHost: sluice\r\n\r\n".repeat(40), "");
  }

  /** A header that never ends. */
  void halfHeaders(int count) throws IOException {
    add(count, "GET /openapi.json HTTP/1.1\r\nHost: sluice\r\nX-Slow: ", "a");
  }

  /** Headers that never end, of more than a thousand fields each, from an address of their own. */
  void tinyFields(int count) throws IOException {
    String head = "GET /openapi.json HTTP/1.1\r\nHost: sluice\r\n" + "1000:\r\n".repeat(1_100);
    add(OTHER_ADDRESS, count, head, "");
  }

  private void add(int count, String first, String more) throws IOException {
    add("127.0.0.1", count, first, more);
  }

  private void add(String from, int count, String first, String more) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(new Client(from, first, more));
    }
  }

  /** Lets each send a little; a closed one begins again. */
  void goOn() {
    clients.forEach(Client::goOn);
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.channel.close();
    }
  }
}
