package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks, and the one hop of a chain that a trusted proxy has seen itself. */
class TrustedProxiesTest {

  private final TrustedProxies proxies =
      new TrustedProxies(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"));

  @Test
  void theRightmostUntrustedHopIsTheClient() throws Exception {
    client("203.0.113.9", "203.0.113.9");
    client("203.0.113.9", "198.51.100.1, 203.0.113.9");
    client("203.0.113.9", "198.51.100.1, 203.0.113.9, 10.1.2.3, 192.0.2.7");
    client("192.0.2.8", "203.0.113.9, 192.0.2.8");
    client("10.1.2.3", "10.1.2.3, 10.4.5.6");
    client("203.0.113.9", "203.0.113.9:4711");
    client("2a00::1", "203.0.113.9, 2a00::1, 2001:db8::5");
    client("2a00::1", "[2a00::1]:4711");
    client("10.0.0.1", "");
    client("10.0.0.1", "unknown");
    client("10.0.0.1", "203.0.113.9, _hidden");
    client("10.1.2.3", "203.0.113.9, evil.example, 10.1.2.3");
    client("10.0.0.1", "203.0.113.9, 999.1.1.1");
    client("10.0.0.1", "[");
  }

  private void client(String expected, String hops) throws Exception {
    List<String> chain = hops.isEmpty() ? List.of() : List.of(hops.split(","));
    assertThat(proxies.client(InetAddress.getByName("10.0.0.1"), chain))
        .as(hops)
        .isEqualTo(InetAddress.getByName(expected));
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    for (String entry : List.of("", "a.b", "localhost", "10.0.0.0/", "10.0.0.0/33", "1.2.3.4/-1")) {
      assertThatThrownBy(() -> new Networks(List.of(entry)))
          .as(entry)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aNetworkHoldsItsAddressesAlone() throws Exception {
    Networks networks = new Networks(List.of("192.168.4.0/22", "0.0.0.0/32", "fe80::/10"));
    for (String in : List.of("192.168.4.0", "192.168.7.255", "fe80::1", "febf::1")) {
      assertThat(networks.contains(InetAddress.getByName(in))).as(in).isTrue();
    }
    for (String out : List.of("192.168.8.0", "192.168.3.255", "fec0::1", "::1", "127.0.0.1")) {
      assertThat(networks.contains(InetAddress.getByName(out))).as(out).isFalse();
    }
  }
}
