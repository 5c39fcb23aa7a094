package dev.sluice.service.http.input;

import dev.sluice.service.http.Answer;
import dev.sluice.service.http.SluiceServer;
import java.util.Map;

abstract class BadInputOwnerCall extends BadInputSessionCall {

  BadInputOwnerCall(SluiceServer server, String call) {
    super(server, call, 200);
  }

  @Override
  String bearer() {
    return scene.worker().token();
  }

  @Override
  Map<String, String> valid() {
    return Map.of();
  }

  @Override
  String kept(Answer answer) {
    return "{}";
  }
}
