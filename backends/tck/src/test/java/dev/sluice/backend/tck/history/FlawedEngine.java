package dev.sluice.backend.tck.history;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.store.BackendEnvironment;
import dev.sluice.backend.store.QueueBackend;
import dev.sluice.backend.tck.AnswerLog;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Recompiles one source file of the engine and loads it with the rest. */
final class FlawedEngine {

  private static final String PACKAGE = "dev.sluice.backend.engine";
  private static final Path SOURCES = Path.of("../engine/src/main/java", PACKAGE.replace('.', '/'));

  private final Class<?> backend;

  FlawedEngine(Flaw flaw) {
    Map<String, byte[]> classes = compile(flaw);
    try {
      backend = new Loader(classes).loadClass(MemoryBackend.class.getName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  QueueBackend open(Rules rules, StoreTime time) {
    try {
      return (QueueBackend)
          backend
              .getConstructor(BackendEnvironment.class)
              .newInstance(AnswerLog.environment(rules, time));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> compile(Flaw flaw) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    StringWriter errors = new StringWriter();
    try (JavaFileManager files =
        new InMemory(compiler.getStandardFileManager(null, null, null), classes)) {
      boolean compiled =
          compiler
              .getTask(
                  errors,
                  files,
                  null,
                  List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath", classPath()),
                  null,
                  List.of(new Source(flaw.file(), source(flaw))))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("flaw \"" + flaw + "\" doesn't compile: " + errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toByteArray()));
  }

  private static String source(Flaw flaw) throws IOException {
    String source = Files.readString(SOURCES.resolve(flaw.file() + ".java"));
    int at = source.indexOf(flaw.right());
    if (at < 0 || source.indexOf(flaw.right(), at + 1) >= 0) {
      throw new IllegalArgumentException(
          "flaw \"" + flaw + "\": " + flaw.file() + " must have this once: " + flaw.right());
    }
    return source.replace(flaw.right(), flaw.wrong());
  }

  private static String classPath() {
    return Stream.of(
            MemoryBackend.class,
            QueueBackend.class,
            Nullable.class,
            Logger.class,
            RecordBuilder.class)
        .map(FlawedEngine::location)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(
          URI.create("string:///" + PACKAGE.replace('.', '/') + "/" + file + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, key -> new ByteArrayOutputStream());
        }
      };
    }
  }

  /** Loads the engine's classes, the flawed one first. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(FlawedEngine.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE + ".")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      byte[] bytes = classes.getOrDefault(name, new byte[0]);
      if (bytes.length == 0) {
        bytes = asItIs(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] asItIs(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
