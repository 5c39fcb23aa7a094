package dev.sluice.service.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.SluiceServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the dashboard and of the documentation. */
class CompressedPagesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static SluiceServer server;

  @BeforeAll
  static void start() {
    server = SluiceServer.start("embedded");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.5, *;q=0"})
  void aPageIsCompressed(String accepted) throws Exception {
    HttpResponse<byte[]> page = get("/admin/login", accepted);
    HttpResponse<byte[]> plain = get("/admin/login", "identity");

    assertThat(page.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(page.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(page.body()).hasSizeLessThan(plain.body().length / 2);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
      assertThat(new String(in.readAllBytes())).startsWith("<!doctype html>").contains("</html>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br", "xgzip", "gzip;q=0.0, br"})
  void othersGetItAsItIs(String accepted) throws Exception {
    HttpResponse<byte[]> page = get("/admin/login", accepted);

    assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(page.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(new String(page.body())).contains("</html>");
  }

  @Test
  void answersOfCallsAreNotCompressed() throws Exception {
    assertThat(get("/openapi.json", "gzip").headers().firstValue("Content-Encoding")).isEmpty();
  }

  private static HttpResponse<byte[]> get(String path, String accepted) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Accept-Encoding", accepted)
            .build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }
}
