package dev.sluice.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Makes HTTP servers that only this machine reaches. */
public final class LoopbackHttp {

  static {
    // Read once, by the first server of the JVM. Otherwise head and body of an answer wait for each
    // other's acknowledgement, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private LoopbackHttp() {}

  public static HttpServer create() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }
}
