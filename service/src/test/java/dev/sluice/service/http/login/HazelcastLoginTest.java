package dev.sluice.service.http.login;

import dev.sluice.service.http.LoginEdge;
import dev.sluice.service.http.SluiceServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HazelcastLoginTest extends LoginContract {

  private static LoginEdge edge;

  @BeforeAll
  static void start() {
    edge = new LoginEdge("hazelcast", OPERATORS, FORWARDED, ONE_NACK, SluiceServer.ONE_MEMBER);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Override
  protected LoginEdge edge() {
    return edge;
  }

  @Override
  protected LoginEdge another(List<String> operators) {
    return new LoginEdge("hazelcast", operators, NOT_FORWARDED, ONE_NACK, SluiceServer.ONE_MEMBER);
  }
}
