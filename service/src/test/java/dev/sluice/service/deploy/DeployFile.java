package dev.sluice.service.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads files of the checkout, by their path in it. */
public final class DeployFile {

  private static final Path ROOT = Path.of("..");
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeployFile() {}

  static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  static JsonNode json(String path) throws IOException {
    return JSON.readTree(text(path));
  }

  /** The only document of a YAML file, which JSON may be too. */
  static JsonNode yaml(String path) throws IOException {
    List<JsonNode> documents = documents(path);
    if (documents.size() != 1) {
      throw new AssertionError(path + " has " + documents.size() + " documents");
    }
    return documents.get(0);
  }

  public static List<JsonNode> documents(String path) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(text(path))) {
      documents.add(JSON.valueToTree(document));
    }
    return documents;
  }
}
