package dev.sluice.service.http.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.SluiceServer;

abstract class BadInputSessionCall extends BadInputCall {

  final BadInputScene scene;
  private final String call;
  private String session = "";

  BadInputSessionCall(SluiceServer server, String call, int success) {
    super("POST /api/sessions/{id}/" + call, success);
    this.scene = new BadInputScene(server);
    this.call = call;
  }

  @Override
  String path() {
    return "/api/sessions/" + session() + "/" + call;
  }

  String session() {
    if (session.isEmpty()) {
      session = scene.claimed();
    }
    return session;
  }

  void usedUp() {
    session = "";
  }

  JsonNode offered() {
    JsonNode messages = scene.worker().poll().json().at("/inboxMessages/" + session);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }
}
