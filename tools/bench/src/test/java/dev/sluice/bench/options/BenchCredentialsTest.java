package dev.sluice.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCredentialsTest {

  @TempDir Path directory;

  private final Map<BenchOption, String> options = new EnumMap<>(BenchOption.class);
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void optionsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    file("SLUICE_REGISTRATION_TOKEN=file-token\nSLUICE_API_KEY=file-key\n");
    assertThat(find().worker()).isEqualTo("file-token");

    environment.put("SLUICE_REGISTRATION_TOKEN", "environment-token");
    assertThat(find().worker()).isEqualTo("environment-token");
    assertThat(find().producer()).isEqualTo("file-key");

    options.put(BenchOption.REGISTRATION_TOKEN, "typed-token");
    options.put(BenchOption.API_KEY, "typed-key");
    assertThat(find().worker()).isEqualTo("typed-token");
    assertThat(find().producer()).isEqualTo("typed-key");
  }

  @Test
  void aTypedLegacyKeyIsNotOverruledByTheEnvironment() throws Exception {
    environment.put("SLUICE_REGISTRATION_TOKEN", "environment-token");
    options.put(BenchOption.LEGACY_KEY, "legacy");
    assertThat(find().worker()).isEqualTo("legacy");
    assertThat(find().producer()).isEqualTo("legacy");
  }

  @Test
  void blankIsUnset() throws Exception {
    environment.put("SLUICE_REGISTRATION_TOKEN", " ");
    environment.put("SLUICE_API_KEY", "");
    environment.put("WORKER_API_KEY", "legacy");
    assertThat(find().worker()).isEqualTo("legacy");
    assertThat(find().producer()).isEqualTo("legacy");
  }

  @Test
  void aNamedFileIsReadInPlaceOfTheDefaultOne() throws Exception {
    file("WORKER_API_KEY=default\n");
    Path other = Files.writeString(directory.resolve("other.env"), "WORKER_API_KEY=other\n");
    options.put(BenchOption.CREDENTIALS, other.toString());
    assertThat(find().worker()).isEqualTo("other");

    options.put(BenchOption.CREDENTIALS, directory.resolve("missing.env").toString());
    assertThatThrownBy(this::find).isInstanceOf(UsageException.class);
  }

  @Test
  void aVariableMayNameAFile() throws Exception {
    Path secret = Files.writeString(directory.resolve("token"), "file-token\nmore\n");
    environment.put("SLUICE_REGISTRATION_TOKEN_FILE", secret.toString());
    assertThat(find().worker()).isEqualTo("file-token");

    environment.put("SLUICE_REGISTRATION_TOKEN", "token");
    assertThatThrownBy(this::find)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("both set");

    environment.put("SLUICE_REGISTRATION_TOKEN", "");
    Files.writeString(secret, " \n");
    assertThatThrownBy(this::find)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("SLUICE_REGISTRATION_TOKEN_FILE")
        .hasMessageContaining("is empty");

    Files.delete(secret);
    assertThatThrownBy(this::find)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void whatIsMissingIsSaidWithItsPurpose() throws Exception {
    BenchCredentials none = find();
    assertThatThrownBy(none::worker)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("registration token");
    assertThatThrownBy(none::producer)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("API key");
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    options.put(BenchOption.API_KEY, "se\ncret");
    BenchCredentials credentials = find();
    assertThat(credentials.toString()).doesNotContain("cret");
    assertThatThrownBy(credentials::producer)
        .isInstanceOf(UsageException.class)
        .hasMessageNotContaining("cret");
  }

  private void file(String content) throws Exception {
    Files.writeString(directory.resolve("credentials.env"), content);
  }

  private BenchCredentials find() throws UsageException {
    return BenchCredentials.find(
        options::get, environment::get, directory.resolve("credentials.env"));
  }
}
