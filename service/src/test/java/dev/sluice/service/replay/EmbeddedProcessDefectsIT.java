package dev.sluice.service.replay;

import dev.sluice.service.process.SluiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** One embedded process. Two nodes are members of Hazelcast, since an embedded one is alone. */
class EmbeddedProcessDefectsIT extends ProcessDefectsContract {

  @Override
  SluiceProcess start() {
    return SluiceProcess.start(directory, ENVIRONMENT, "backend.type=embedded");
  }

  @Override
  List<SluiceProcess> startTwo() {
    List<Integer> ports = IntStream.range(0, 2).mapToObj(i -> SluiceProcess.freePort()).toList();
    return both(
        node ->
            SluiceProcess.start(
                directory,
                config(node, ports),
                ENVIRONMENT,
                "backend.type=hazelcast",
                "backend.hazelcast.cluster.port=" + ports.get(node)));
  }

  private Path config(int node, List<Integer> ports) {
    String members = "\"127.0.0.1:%d\", \"127.0.0.1:%d\"".formatted(ports.toArray());
    try {
      String shipped = Files.readString(Path.of("../config.yml"));
      return Files.writeString(
          directory.resolve("node-" + node + ".yml"),
          shipped.replace(
              "  hazelcast: {}", "  hazelcast: {cluster: {members: [" + members + "], port: 0}}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
