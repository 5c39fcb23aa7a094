package dev.sluice.client;

import dev.sluice.backend.tck.Programs;
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
  };

  /** Returns the command; its arguments are the address, a user key and a registration token. */
  abstract List<String> agent();
}
