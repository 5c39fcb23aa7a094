package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

public class RedirectsTest {

  /** Addresses that are none of our pages, or that a browser could read as another one. */
  public static Stream<String> foreign() {
    return Stream.of(
        "https://elsewhere.example/admin",
        "//elsewhere.example/admin",
        "///elsewhere.example/../admin",
        "///elsewhere.example/%2e%2e/admin",
        "////elsewhere.example/../../admin",
        "/./admin",
        "/.//elsewhere.example/../admin",
        "/admin/..//elsewhere.example",
        "/admin/../api/work",
        "/admin/./queues",
        "/admin/%2E%2e/%2f/elsewhere.example",
        "/admin/.%2e//elsewhere.example",
        "/admin/queues/..",
        "/%5Celsewhere.example",
        "/\\elsewhere.example",
        "/admin\\..\\..\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/admin\r\nLocation: https://elsewhere.example",
        "/admin/\u0000",
        "/adminelsewhere",
        "admin",
        "javascript:alert(1)",
        "not a uri",
        "");
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void aForeignAddressLeadsToTheOverview(String address) {
    assertThat(Redirects.back(address)).isEqualTo("/admin");
  }

  @Test
  void noAddressLeadsToTheOverview() {
    assertThat(Redirects.back(null)).isEqualTo("/admin");
  }

  @ParameterizedTest
  @CsvSource({
    "/admin, /admin",
    "/admin/, /admin/",
    "/admin?org=acme, /admin?org=acme",
    "/admin#top, /admin#top",
    "/admin//elsewhere.example, /admin/elsewhere.example",
    "/admin/queues/payments?place=later&q=..%2F..#next, /admin/queues/payments?place=later&q=..%2F..#next",
    "/admin/work/a%2Fb..c%5Cd, /admin/work/a%2Fb..c%5Cd",
    "/admin/hosts/grün, /admin/hosts/grün"
  })
  void aPageOfOursIsKept(String address, String normalised) {
    assertThat(Redirects.back(address)).isEqualTo(normalised);
  }
}
