package dev.sluice.admin;

import io.dropwizard.views.common.View;
import java.nio.charset.StandardCharsets;

/** The front door's page. */
public final class FrontDoorView extends View {

  private final String version;

  /**
   * @param version of this build
   */
  public FrontDoorView(String version) {
    super("front-door.mustache", StandardCharsets.UTF_8);
    this.version = version;
  }

  /** Of this build. */
  public String version() {
    return version;
  }

  /** The version in the jar's manifest, or a word for a build that has none. */
  static String buildVersion() {
    String version = FrontDoorView.class.getPackage().getImplementationVersion();
    return version == null ? "development build" : version;
  }
}
