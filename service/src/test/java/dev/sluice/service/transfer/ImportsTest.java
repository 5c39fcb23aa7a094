package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.Rules;
import dev.sluice.backend.StoreTime;
import dev.sluice.backend.engine.memory.MemoryBackend;
import dev.sluice.backend.keys.Scope;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.backend.transfer.Transfers;
import dev.sluice.backend.work.Subject;
import dev.sluice.service.api.PublicIds;
import dev.sluice.service.errors.ApiException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportsTest {

  private static final String ORG = "acme";

  private final MemoryBackend backend = new MemoryBackend(Rules.DEFAULTS, StoreTime.STORE);
  private final Transfers transfers = backend.transfers();
  private final ExportCheck check = new ExportCheck();

  @Test
  void aDiscardThatBreaksOffLeavesNothingToGoOnWith() {
    take(1, check.begin(ExportHeader.of("exp_1", ORG, "0", 1)));
    take(2, check.write(new OrgRecord.Revoked("k")));
    Imports dying =
        new Imports(
            (Transfers)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Transfers.class},
                    (proxy, method, arguments) -> {
                      if (method.getName().equals("discardStep")) {
                        throw new BackendUnavailableException("killed", true, null);
                      }
                      try {
                        return method.invoke(transfers, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }),
            new PublicIds(null));

    assertThatThrownBy(() -> dying.discard(ORG, null, null))
        .isInstanceOf(BackendUnavailableException.class);

    assertThat(Imports.unfinished(transfers.closure(ORG).orElseThrow())).isTrue();
    assertThatThrownBy(() -> take(3, check.end()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("must be 1");
  }

  @Test
  void aRepeatedLastPieceOpensTheOrg() {
    take(1, check.begin(ExportHeader.of("exp_1", ORG, "0", 1)));
    byte[] end = check.end();
    Imports imports = new Imports(transfers, new PublicIds(null));
    byte[] lines = (new String(end, UTF_8) + "\n").getBytes(UTF_8);
    imports.take(ORG, 2, lines, Set.of(Scope.values()), null, false);
    assertThat(transfers.closure(ORG)).isPresent();

    assertThat(imports.take(ORG, 2, lines, Set.of(), null, true).export().ended()).isTrue();

    assertThat(transfers.closure(ORG)).isEmpty();
  }

  @Test
  void aSessionOfFormat1GetsItsSubjectFromItsItem() {
    SessionCopy session =
        OrgRecords.ofEachType().stream()
            .filter(SessionCopy.class::isInstance)
            .map(SessionCopy.class::cast)
            .map(each -> each.completed(each.contentHash(), each.publicIds(), null))
            .findAny()
            .orElseThrow();
    String header = new String(check.begin(ExportHeader.of("exp_1", ORG, "0", 1)), UTF_8);
    ExportCheck old = new ExportCheck();
    old.begin(new ExportHeader(ExportHeader.TYPE, ExportHeader.OLDEST, "exp_1", ORG, "0", 1));
    take(1, header.replace("\"format\":2", "\"format\":1").getBytes(UTF_8));
    byte[] line = old.write(session);
    assertThat(new String(line, UTF_8)).doesNotContain("subject");

    take(2, line);
    take(3, old.end());

    assertThat(backend.sessions().find(ORG, session.id()).subject())
        .isEqualTo(new Subject("x".repeat(9), "", "", true));
  }

  private void take(int piece, byte[] line) {
    byte[] lines = (new String(line, UTF_8) + "\n").getBytes(UTF_8);
    new Imports(transfers, new PublicIds(null)).take(ORG, piece, lines, Set.of(), null, true);
  }
}
