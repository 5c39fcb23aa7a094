package dev.sluice.service.cli.wire;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

public final class PageClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String url;
  private final String cookie;

  public PageClient(URI url, String operator, String password)
      throws IOException, InterruptedException {
    this.url = url.toString().replaceAll("/+$", "");
    String form = "name=" + encoded(operator) + "&password=" + encoded(password);
    HttpResponse<byte[]> answer =
        send(
            HttpRequest.newBuilder(URI.create(this.url + "/admin/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    if (answer.statusCode() != 303) {
      throw new ServerRefusedException(
          "login of " + operator, new WireAnswer(answer.statusCode(), new byte[0]));
    }
    this.cookie = answer.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
  }

  public WireAnswer load(String address) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(HttpRequest.newBuilder(URI.create(url + address)).header("Cookie", cookie).GET());
    return new WireAnswer(answer.statusCode(), answer.body());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "PageClient[" + url + "]";
  }
}
