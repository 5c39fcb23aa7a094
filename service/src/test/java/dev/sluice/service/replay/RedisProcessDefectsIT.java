package dev.sluice.service.replay;

import dev.sluice.backend.redis.server.RedisServerProcess;
import dev.sluice.service.process.SluiceProcess;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

class RedisProcessDefectsIT extends ProcessDefectsContract {

  private final RedisServerProcess redis = RedisServerProcess.start();

  @AfterAll
  void stop() {
    redis.close();
  }

  @Override
  SluiceProcess start() {
    return SluiceProcess.start(
        directory, ENVIRONMENT, "backend.type=redis", "backend.redis.uri=" + redis.uri());
  }

  @Override
  List<SluiceProcess> startTwo() {
    return both(node -> start());
  }
}
