package dev.sluice.admin;

public final class TestRequests {

  private TestRequests() {}

  public static String get(String path, String host, Visitor visitor) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\n"
        + TestVisitors.HEADER
        + ": "
        + TestVisitors.header(visitor)
        + "\r\n\r\n";
  }
}
