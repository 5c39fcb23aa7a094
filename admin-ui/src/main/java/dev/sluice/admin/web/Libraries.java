package dev.sluice.admin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** Files of third-party jars by served name. */
final class Libraries {

  static final Map<String, URL> ALL = all();

  private Libraries() {}

  private static Map<String, URL> all() {
    Map<String, URL> all = new TreeMap<>();
    all.put("htmx.js", find("htmx.org", "dist/htmx.min.js"));
    all.put("htmx-sse.js", find("htmx-ext-sse", "sse.js"));
    return all;
  }

  private static URL find(String artifact, String file) {
    Properties jar = new Properties();
    URL about = resource("/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties");
    try (InputStream content = about.openStream()) {
      jar.load(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String folder = "/META-INF/resources/webjars/" + artifact + "/" + jar.getProperty("version");
    return resource(folder + "/" + file);
  }

  private static URL resource(String path) {
    return Objects.requireNonNull(Libraries.class.getResource(path), path);
  }
}
