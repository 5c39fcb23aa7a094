package dev.sluice.service.api.answers;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.backend.sessions.Session;
import dev.sluice.service.api.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;

/** A session's item for the machine that runs it, with aliases. Credentials are not added. */
public final class QueuedSession {

  private QueuedSession() {}

  public static String of(String org, String platformUrl, Session session) {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("platformUrl", TextNode.valueOf(platformUrl).toString());
    others.put("organizationId", TextNode.valueOf(org).toString());
    others.put("providerSessionId", session.fields().getOrDefault("providerSessionId", "null"));
    return GoDaemonItems.withMissing(
        session.id(), session.item(), JsonBody.parse(session.item()), others);
  }
}
