package dev.sluice.backend.hazelcast;

import dev.sluice.backend.Key;
import dev.sluice.backend.QueueBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A process that adds keys, revokes some, and pauses queues, and says each time that it's done. */
final class DurableWriter {

  static final String ORG = "durable";

  private DurableWriter() {}

  /**
   * @param args the data directory and the number of the first change
   */
  public static void main(String[] args) {
    try (QueueBackend backend = DurableKillTest.open(Path.of(args[0]))) {
      for (int i = Integer.parseInt(args[1]); ; i++) {
        backend.credentials().addKey(hash(i), key(i));
        say("key " + i);
        backend.queues().pause(ORG, "project-" + i, "reason " + i, "an operator", 0);
        say("pause " + i);
        if (i % 2 == 0) {
          backend.credentials().revoke(ORG, key(i).id());
          say("revoke " + i);
          backend.queues().resume(ORG, "project-" + i);
          say("resume " + i);
        }
      }
    }
  }

  static String hash(int i) {
    return "%064x".formatted(i);
  }

  static Key key(int i) {
    return new Key("key-" + i, ORG, Key.Type.USER, "a name", Set.of(), List.of());
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
