package dev.sluice.service.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Where a call comes from, as far as that tells callers apart. */
final class ClientAddress {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /**
   * An address to count by: of version 6 its network of 64 bits, all of which one caller has; one
   * for all that are no addresses, as a proxy may name them.
   */
  static String of(String remote) {
    String literal = remote.replaceAll("^\\[|\\]$|%.*$", "");
    if (literal.length() > 45 || !LITERAL.matcher(literal).matches()) {
      return "unknown";
    }
    try {
      InetAddress address = InetAddress.getByName(literal); // asks nobody, for it is no name
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
          : String.valueOf(address.getHostAddress());
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
