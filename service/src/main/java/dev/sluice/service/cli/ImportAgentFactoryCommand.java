package dev.sluice.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.backend.BackendUnavailableException;
import dev.sluice.backend.transfer.ForeignStore;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.transfer.SessionCopy;
import dev.sluice.service.api.items.ItemMembers;
import dev.sluice.service.cli.wire.ApiClient;
import dev.sluice.service.cli.wire.WireAnswer;
import dev.sluice.service.transfer.ExportFile;
import dev.sluice.service.transfer.ExportProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.ServiceLoader;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code import-agentfactory}: brings the fleet of the open-source server over: docs/transfer.md.
 * Lists each key that it can't map on standard error.
 */
public final class ImportAgentFactoryCommand extends ApiCommand {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String OTHER = "agentfactory";

  public ImportAgentFactoryCommand() {
    this(Surroundings.ofJvm());
  }

  ImportAgentFactoryCommand(Surroundings around) {
    super("import-agentfactory", "Fills an empty org from the Redis of AgentFactory", around);
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    parser
        .addArgument("--redis")
        .metavar("URI")
        .required(true)
        .help("the other server's Redis, as redis://HOST:PORT/DATABASE; it is only read");
    parser
        .addArgument("--out")
        .metavar("FILE")
        .help("only write an export; compressed if it ends in .gz");
  }

  @Override
  String urlOption() {
    return "--to";
  }

  @Override
  boolean needsServer(Namespace typed) {
    return typed.getString("out") == null;
  }

  @Override
  int call(ApiClient client, Namespace typed)
      throws IOException, InterruptedException, UsageException {
    @Nullable String out = typed.getString("out");
    Path file = Path.of(out == null ? "agentfactory.ndjson.gz" : out).toAbsolutePath();
    boolean compressed = ExportFile.compressed(file);
    Path part = ExportFile.part(file);
    try {
      String words = ExportFile.words(read(typed.getString("redis"), part, compressed));
      if (out != null) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        try (InputStream in = ExportFile.read(part, compressed)) {
          @Nullable WireAnswer refused = new ImportClient(client, "", Thread::sleep).fill(in);
          if (refused != null) {
            return refused(getName(), refused);
          }
        }
      }
      out().println(words);
      return DONE;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** One item that a worker can't decode would cost it the whole poll answer. */
  private OrgRecord decodable(OrgRecord record) {
    if (!(record instanceof SessionCopy session) || session.item() == null) {
      return record;
    }
    List<String> wrong = ItemMembers.undecodable(session.item());
    if (wrong.isEmpty()) {
      return record;
    }
    told(session.id(), "without members that workers can't decode: " + String.join(", ", wrong));
    try {
      ObjectNode item = (ObjectNode) MAPPER.readTree(session.item());
      return session.withItem(MAPPER.writeValueAsString(item.remove(wrong)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // it has been read before
    }
  }

  private void told(String key, String words) {
    tell((key + ": " + words).replaceAll("\\p{Cntrl}", "?"));
  }

  private ExportProgress read(String uri, Path file, boolean compressed)
      throws IOException, UsageException {
    ForeignStore store =
        ServiceLoader.load(ForeignStore.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(OTHER))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no reader of " + OTHER));
    try (OutputStream out = ExportFile.write(file, compressed)) {
      return ExportFile.make(
          out,
          OTHER,
          records ->
              store.read(
                  uri,
                  record -> records.accept(decodable(record)),
                  left -> told(left.key(), left.reason())));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--redis must be redis://HOST:PORT/DATABASE");
    } catch (BackendUnavailableException e) {
      throw new IOException("the other server's Redis doesn't answer: " + e.getMessage(), e);
    }
  }
}
