package dev.sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.tck.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The libraries that the suite judges, each by its agent. */
enum Language {
  JAVA {
    @Override
    List<String> agent() {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-cp",
          Path.of("target/classes") + ":" + Path.of("target/test-classes"),
          "dev.sluice.client.ConformanceAgent");
    }
  },

  TYPESCRIPT {
    @Override
    List<String> agent() {
      String node = Programs.needed("Node.js 20 or later runs its agent", "node").toString();
      return List.of(node, Path.of("../typescript/conformance/agent.js").toString());
    }
  },

  PYTHON {
    @Override
    List<String> agent() {
      String python = Programs.needed("Python 3.9 or later runs its agent", "python3").toString();
      return List.of(python, Path.of("../python/conformance/agent.py").toString());
    }
  },

  GO {
    @Override
    List<String> agent() {
      String go = Programs.needed("Go 1.19 or later builds its agent", "go").toString();
      Path agent = Path.of("target/go-agent").toAbsolutePath();
      build(go, "vet", "./...");
      build(go, "build", "-buildvcs=false", "-o", agent.toString(), "./conformance");
      return List.of(agent.toString());
    }
  };

  private static void build(String... command) {
    try {
      Process build =
          new ProcessBuilder(command)
              .directory(Path.of("../go").toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(build.getInputStream().readAllBytes(), UTF_8);
      assertThat(build.waitFor()).as(output).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the command; its arguments are the address, a user key and a registration token. */
  abstract List<String> agent();
}
