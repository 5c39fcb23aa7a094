package dev.sluice.service.api.answers;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session for the box that is to run it, protocol 4.13: its item, with what it lacks of the
 * aliases and of what such a box asks for besides. A credential is nothing that we add.
 */
public final class QueuedSession {

  private QueuedSession() {}

  /**
   * The answer as JSON.
   *
   * @param platformUrl where this service is reached
   */
  public static String of(String org, String platformUrl, Session session) {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("platformUrl", TextNode.valueOf(platformUrl).toString());
    others.put("organizationId", TextNode.valueOf(org).toString());
    others.put("providerSessionId", session.fields().getOrDefault("providerSessionId", "null"));
    return GoDaemonItems.withMissing(
        session.id(), session.item(), JsonBody.parse(session.item()), others);
  }
}
