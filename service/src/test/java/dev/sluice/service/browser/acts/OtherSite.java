package dev.sluice.service.browser.acts;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

final class OtherSite implements AutoCloseable {

  private final HttpServer server;

  /**
   * @param action target of the form
   * @param fields inputs as HTML
   */
  OtherSite(String action, String fields) {
    byte[] page =
        """
        <!doctype html><title>other</title>
        <form method="post" action="%s">%s</form>
        <script>document.forms[0].submit()</script>
        """
            .formatted(action, fields)
            .getBytes(StandardCharsets.UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        call -> {
          call.getResponseHeaders().add("Content-Type", "text/html");
          call.sendResponseHeaders(200, page.length);
          call.getResponseBody().write(page);
          call.close();
        });
    server.start();
  }

  String url(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
