package dev.sluice.service.http.edge;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

public final class Networks {

  /** Characters of an address; the parser refuses host names. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

  private record Network(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      int shift = address.length * 8 - bits;
      return new BigInteger(1, address)
          .shiftRight(shift)
          .equals(new BigInteger(1, other).shiftRight(shift));
    }
  }

  private final List<Network> networks;

  public Networks(List<String> entries) {
    networks = entries.stream().map(Networks::network).toList();
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return networks.stream().anyMatch(network -> network.contains(bytes));
  }

  /** Makes no DNS look-up; null for anything but a literal. */
  public static @Nullable InetAddress literal(String text) {
    String bare = text.replaceAll("^\\[|]$|%.*$", "");
    if (!LITERAL.matcher(bare).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(bare);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static Network network(String entry) {
    int slash = entry.indexOf('/');
    InetAddress address = literal(slash < 0 ? entry : entry.substring(0, slash));
    int most = address == null ? 0 : address.getAddress().length * 8;
    int bits = slash < 0 ? most : bits(entry.substring(slash + 1));
    if (address == null || bits < 0 || bits > most) {
      throw new IllegalArgumentException("no address and no network: " + entry);
    }
    return new Network(address.getAddress(), bits);
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }
}
