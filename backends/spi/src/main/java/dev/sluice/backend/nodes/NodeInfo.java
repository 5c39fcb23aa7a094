package dev.sluice.backend.nodes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * A live node.
 *
 * @param name unique per start; see {@link #newName}
 * @param release see {@link #RELEASE}
 * @param layout the newest that it knows
 * @param lastSeenMs its last announcement, epoch ms
 */
public record NodeInfo(String name, String release, int layout, long lastSeenMs) {

  /** The release of this build. */
  public static final String RELEASE = ofThisBuild();

  private static String ofThisBuild() {
    String version = NodeInfo.class.getPackage().getImplementationVersion();
    return version == null ? "development build" : version;
  }

  /** Names this process by its host, for people. */
  public static String newName() {
    return host() + '-' + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String host() {
    try {
      String host = InetAddress.getLocalHost().getHostName();
      return host.matches("[A-Za-z0-9._-]{1,128}") ? host : "node";
    } catch (UnknownHostException e) {
      return "node"; // the host doesn't know its own name
    }
  }
}
