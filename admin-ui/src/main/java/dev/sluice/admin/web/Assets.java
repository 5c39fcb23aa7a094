package dev.sluice.admin.web;

import io.dropwizard.servlets.assets.AssetServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/** Our assets and those of {@link Libraries}, cached for ever under the current version. */
public final class Assets extends AssetServlet {

  private static final long serialVersionUID = 1L;

  private static final String FOLDER = "/dev/sluice/admin/assets";

  private static final List<String> FILES =
      List.of(
          "alerts.js",
          "app.css",
          "app.js",
          "charts.js",
          "follow.js",
          "keys.js",
          "live.js",
          "work.js",
          "icon.svg",
          "icon-alert.svg");

  public static final String VERSION = version();

  public static final String PATH = "/admin/assets";

  public Assets() {
    super(FOLDER, PATH, null, StandardCharsets.UTF_8);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    boolean versioned = VERSION.equals(request.getParameter("v"));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        "Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
    super.doGet(request, response);
  }

  @Override
  protected URL getResourceURL(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    URL library = Libraries.ALL.get(file);
    return library == null ? super.getResourceURL(path) : library;
  }

  private static String version() {
    CRC32 sum = new CRC32();
    FILES.forEach(
        file ->
            add(sum, Objects.requireNonNull(Assets.class.getResource(FOLDER + "/" + file), file)));
    Libraries.ALL.values().forEach(library -> add(sum, library));
    return Long.toHexString(sum.getValue());
  }

  private static void add(CRC32 sum, URL file) {
    try (InputStream content = file.openStream()) {
      sum.update(content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
