package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.service.auth.secrets.ConfiguredSecrets;
import dev.sluice.service.auth.secrets.CredentialsFile;
import dev.sluice.service.auth.secrets.PasswordHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorsTest {

  private static final StoreTime NOON = () -> OptionalLong.of(1_764_072_000_000L);
  private static final OperatorEntry KIM =
      new OperatorEntry("kim", PasswordHash.of("kim's password", 2).text(), Role.VIEWER, "default");

  @TempDir Path directory;

  @Test
  void eachIsKnownByItsOwnPassword() {
    AtomicReference<String> adminPassword = new AtomicReference<>();
    Operators operators =
        new Operators(List.of(KIM), () -> Stream.ofNullable(adminPassword.get()).toList());
    assertThat(operators.authenticate("kim", "kim's password").role()).isEqualTo(Role.VIEWER);
    assertThat(operators.authenticate("kim", "admin's")).isNull();
    assertThat(operators.authenticate("Kim", "kim's password")).isNull();
    assertThat(operators.authenticate("admin", "admin's")).as("there is none yet").isNull();

    adminPassword.set("admin's");
    Operator admin = operators.authenticate("admin", "admin's");
    assertThat(admin.role()).isEqualTo(Role.ADMIN);
    assertThat(admin.org()).as("all of them").isNull();
    assertThat(operators.authenticate("admin", "kim's password")).isNull();

    adminPassword.set("admin's new one");
    assertThat(operators.authenticate("admin", "admin's")).isNull();
    assertThat(operators.authenticate("admin", "admin's new one")).isNotNull();
  }

  @Test
  void whilePasswordsChangeBothOpen() {
    String first = PasswordHash.of("kim's password", 2).text();
    String second = PasswordHash.of("kim's next one", 2).text();
    OperatorEntry kim = new OperatorEntry("kim", second, Role.VIEWER, "default", first);
    Operators operators = new Operators(List.of(kim), () -> List.of("admin's next", "admin's"));
    assertThat(operators.authenticate("kim", "kim's password").secret()).isEqualTo(first);
    assertThat(operators.authenticate("kim", "kim's next one").secret()).isEqualTo(second);
    assertThat(operators.authenticate("kim", "admin's")).isNull();
    assertThat(operators.authenticate("admin", "admin's").secret()).isEqualTo("admin's");
    assertThat(operators.authenticate("admin", "admin's next").secret()).isEqualTo("admin's next");
    assertThat(operators.authenticate("nobody", "admin's")).isNull();
  }

  @Test
  void aFirstStartMakesAnAdminOnceTheStoreHasTakenIt() {
    CredentialsFile file = new CredentialsFile(directory);
    MemoryBackend store = new MemoryBackend(Rules.DEFAULTS, NOON);
    FirstStart first = new FirstStart(file, store.credentials(), ConfiguredSecrets.none());
    Operators operators = new Operators(List.of(KIM), first::adminPasswords);
    assertThat(operators.find("admin")).isEmpty();
    first.run();
    String password = file.read().get("SLUICE_ADMIN_PASSWORD");
    assertThat(operators.authenticate("admin", password)).isNotNull();

    FirstStart second = new FirstStart(file, store.credentials(), ConfiguredSecrets.none());
    second.run();
    assertThat(second.adminPasswords()).as("the file is read").containsExactly(password);
    assertThat(second.where()).isEqualTo(file.path().toString());

    Path elsewhere = directory.resolve("elsewhere");
    FirstStart other =
        new FirstStart(
            new CredentialsFile(elsewhere), store.credentials(), ConfiguredSecrets.none());
    other.run();
    assertThat(other.adminPasswords()).as("of a node that came too late").isEmpty();
    assertThat(other.where()).contains("of the node that set up this store");

    FirstStart configured =
        new FirstStart(
            file,
            store.credentials(),
            ConfiguredSecrets.none()
                .or(Map.of("SLUICE_API_KEY", "rsk_live_configured-0123456789")));
    assertThat(configured.where()).as("beside an older file").isEqualTo("as configured");
  }
}
