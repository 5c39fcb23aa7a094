package dev.sluice.backend.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sluice.backend.BackendEnvironment;
import dev.sluice.backend.FilesCheck;
import dev.sluice.backend.QueueBackend;
import dev.sluice.backend.QueueBackendFactory;
import dev.sluice.backend.embedded.journal.JournalBackend;

/** One process with a journal in its data directory. */
@JsonTypeName("embedded")
@JsonIgnoreProperties(ignoreUnknown = true) // the blocks of other types
public final class EmbeddedBackendFactory implements QueueBackendFactory {

  @Override
  public QueueBackend build(BackendEnvironment environment) {
    return JournalBackend.open(environment);
  }

  @Override
  public void prepare() throws Exception {
    JournalBackend.prepare();
  }

  @Override
  public FilesCheck checkFiles(BackendEnvironment environment, boolean acceptLoss) {
    return JournalBackend.check(environment, acceptLoss);
  }

  @Override
  public int nodes() {
    return 1;
  }

  @Override
  public String description() {
    return "embedded, one process with a journal: what is acknowledged is on disk";
  }
}
