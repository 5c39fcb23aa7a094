package dev.sluice.client;

import java.util.Map;

/**
 * A message to a session.
 *
 * @param type {@code directive}, {@code hook-result} or {@code nudge}
 * @param payload the text
 * @param userName the sender; empty if it isn't known
 */
public record Message(String id, String type, String payload, String lane, String userName) {

  static Message of(Map<String, Object> json) {
    return new Message(
        Json.text(json, "id"),
        Json.text(json, "type"),
        Json.text(json, "payload"),
        Json.text(json, "lane"),
        Json.text(json, "userName"));
  }
}
