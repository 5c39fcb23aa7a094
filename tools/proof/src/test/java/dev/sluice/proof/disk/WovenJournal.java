package dev.sluice.proof.disk;

import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.sluice.backend.embedded.journal.JournalBackend;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.pool.TypePool;

/**
 * Adds two calls to the journal's own classes before they are loaded.
 *
 * <p>{@code sluice.commit} is written through a mapped page, without a system call. So each write
 * is followed by a line with what was written, at the very place in the order of events where the
 * page has it. And the log is copied to the journal's file after some commits, instead of after 32
 * MB.
 */
public final class WovenJournal {

  private static final String ROOM = "dev.sluice.backend.embedded.journal.";

  /** The part of a slot that has content. */
  private static final int CONTENT = 64;

  private static final int SLOT = 4096;

  private static int copyAfter;
  private static int commits;

  private WovenJournal() {}

  /**
   * @param copyAfterCommits the log is copied each time after this number of commits
   */
  static void weave(int copyAfterCommits) throws IllegalAccessException {
    copyAfter = copyAfterCommits;
    weave("CommitFile", "write", AfterWrite.class);
    weave("LogCopy", "wrote", AfterCommit.class);
  }

  private static void weave(String type, String method, Class<?> advice)
      throws IllegalAccessException {
    ClassLoader loader = WovenJournal.class.getClassLoader();
    ClassFileLocator files = ClassFileLocator.ForClassLoader.of(loader);
    new ByteBuddy()
        .redefine(TypePool.Default.of(files).describe(ROOM + type).resolve(), files)
        .visit(Advice.to(advice).on(named(method)))
        .make()
        .load(
            loader,
            ClassLoadingStrategy.UsingLookup.of(
                MethodHandles.privateLookupIn(JournalBackend.class, MethodHandles.lookup())));
  }

  /** Copied to the end of {@code CommitFile.write}. */
  static final class AfterWrite {

    private AfterWrite() {}

    @Advice.OnMethodExit
    static void written(
        @Advice.FieldValue("map") java.nio.MappedByteBuffer map,
        @Advice.FieldValue("turn") long turn) {
      WovenJournal.written(map, turn);
    }
  }

  /** Copied to the end of {@code LogCopy.wrote}. */
  static final class AfterCommit {

    private AfterCommit() {}

    @Advice.OnMethodExit
    static void committed(@Advice.This Object copy) throws ReflectiveOperationException {
      WovenJournal.committed(copy);
    }
  }

  public static void written(ByteBuffer map, long turn) {
    int at = (int) (turn % 2) * SLOT;
    byte[] content = new byte[CONTENT];
    map.get(at, content);
    RecordedProcess.say(Recording.PAGE + at + " " + HexFormat.of().formatHex(content));
  }

  /** Runs on one thread at a time, as commits do. */
  public static void committed(Object copy) throws ReflectiveOperationException {
    commits++;
    if (commits % copyAfter == 0) {
      Method run = copy.getClass().getDeclaredMethod("run");
      run.setAccessible(true);
      run.invoke(copy);
    }
  }
}
