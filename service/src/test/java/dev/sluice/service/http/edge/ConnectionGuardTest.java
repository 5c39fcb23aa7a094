package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log's lines about refused connections; {@code FrontTest} has the limits. */
class ConnectionGuardTest {

  private static final String STRANGER = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";

  private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectionGuard.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final List<SocketChannel> clients = new ArrayList<>();
  private ServerSocketChannel server;
  private ConnectionGuard guard;

  @BeforeEach
  void open() throws IOException {
    server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() throws IOException {
    logger.detachAppender(lines);
    for (SocketChannel client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void anAddressWithTooManyIsNamedOnceWhileOthersComeAndGo() throws IOException {
    guard = guard(20);
    SocketChannel first = connect(STRANGER);
    SocketChannel second = connect(STRANGER);
    for (int i = 0; i < 10; i++) {
      assertThat(connect(STRANGER).isOpen()).as("the limit").isFalse();
      guard.onClosed(connect(OTHER));
    }
    assertThat(lines.list).hasSize(1);

    guard.onClosed(first);
    guard.onClosed(second);
    connect(STRANGER);
    connect(STRANGER);
    connect(STRANGER);
    assertThat(lines.list).hasSize(2);
  }

  @Test
  void theLimitOfAllIsToldOnce() throws IOException {
    guard = guard(5);
    for (int i = 1; i <= 5; i++) {
      connect("127.0.0." + i);
    }
    connect("127.0.0.6");
    connect("127.0.0.7");
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("127.0.0.6", "front.maxConnections");
  }

  private static ConnectionGuard guard(int most) {
    return new ConnectionGuard(new FrontLimits(most, 2, 0, 0, 0, 0), true);
  }

  /** Returns the server's side, which the guard has let in or closed. */
  private SocketChannel connect(String from) throws IOException {
    SocketChannel client = SocketChannel.open();
    clients.add(client);
    client.bind(new InetSocketAddress(from, 0));
    client.connect(server.getLocalAddress());
    SocketChannel accepted = server.accept();
    guard.onAccepting(accepted);
    return accepted;
  }
}
