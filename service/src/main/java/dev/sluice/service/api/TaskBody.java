package dev.sluice.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A task of the Go CLI.
 *
 * @param item the work item that it stands for
 * @param workType as given, or the clients' default
 */
public record TaskBody(JsonBody item, String workType) {

  public static final String DEFAULT_WORK_TYPE = "development";

  /** The project of the body wins over {@code onlyProject}. */
  public static TaskBody read(JsonBody task, @Nullable String onlyProject) {
    task.requiredName("issueId");
    task.require("description", JsonNodeType.STRING, "must be a string");
    String named = task.name("project");
    String workType = task.string("workType");
    String project = named == null ? onlyProject : named;
    Map<String, @Nullable String> members = new LinkedHashMap<>();
    members.put("issueId", task.raw("issueId"));
    members.put("issueIdentifier", task.raw("issueId"));
    members.put("prompt", task.raw("description"));
    members.put("workType", task.raw("workType"));
    members.put("priority", task.raw("priority"));
    members.put("projectName", project == null ? null : TextNode.valueOf(project).toString());
    String item =
        members.entrySet().stream()
            .filter(member -> member.getValue() != null)
            .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    return new TaskBody(JsonBody.parse(item), workType == null ? DEFAULT_WORK_TYPE : workType);
  }
}
