package dev.sluice.service.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Client addresses, as far as they distinguish callers. */
public final class ClientAddress {

  private static final String UNKNOWN = "unknown";

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern VERSION_4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** Matches only literals, so no name is looked up. */
  private static final Pattern VERSION_6 =
      Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** IPv6 counts by its /64 network; anything that is no address has one common key. */
  public static String of(String remote) {
    String literal = remote.replaceAll("^\\[|\\]$|%.*$", "");
    if (VERSION_4.matcher(literal).matches()) {
      return literal;
    }
    return VERSION_6.matcher(literal).matches() ? network(literal) : UNKNOWN;
  }

  private static String network(String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
          : String.valueOf(address.getHostAddress()); // one of version 4 in another form
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}
