package dev.sluice.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void aNewDirectoryAndANewFileAreClosed() throws IOException {
    Path data = directory.resolve("a/data");
    PrivateFiles.directory(data, warnings::add);
    PrivateFiles.file(data.resolve("secret"), warnings::add);

    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(mode(data.resolve("secret"))).isEqualTo("rw-------");
    assertThat(warnings).isEmpty();
  }

  @Test
  void anOpenDirectoryIsClosedWithAWarning() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    PrivateFiles.directory(data, warnings::add);

    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(warnings).singleElement().asString().contains(data.toString(), "rwxr-xr-x");
  }

  @Test
  void anOpenFileIsClosedWithAWarning() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    PrivateFiles.file(file, warnings::add);

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(warnings).singleElement().asString().contains(file.toString(), "rw-r--r--");
  }

  @Test
  void aSharedDirectoryIsRefusedAndLeftAsItIs() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);

    assertThatThrownBy(() -> PrivateFiles.directory(shared, warnings::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shared with other users");
    assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
