package dev.sluice.service.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.backend.Names;
import dev.sluice.backend.transfer.OrgRecord;
import dev.sluice.backend.workers.Projects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records as lines of JSON. Absent members are null, 0, false or empty; an unknown member is an
 * error, since ignoring it would lose data.
 */
public final class ExportJson {

  private static final ObjectMapper MAPPER = mapper();
  private static final ObjectWriter RECORDS = MAPPER.writerFor(OrgRecord.class);
  private static final Map<Class<?>, String> TYPES =
      Arrays.stream(OrgRecord.class.getAnnotation(JsonSubTypes.class).value())
          .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

  private ExportJson() {}

  private static ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    for (Class<?> number : List.of(long.class, int.class, boolean.class)) {
      builder.withConfigOverride(
          number,
          override ->
              override.setInclude(
                  JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, null)));
    }
    for (Class<?> many :
        List.of(List.class, Set.class, SortedMap.class, Map.class, Projects.class)) {
      builder.withConfigOverride(
          many,
          override ->
              override
                  .setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, null))
                  .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
    }
    return PackedJson.in(builder).build();
  }

  static Set<Class<?>> types() {
    return TYPES.keySet();
  }

  static String type(OrgRecord record) {
    return Objects.requireNonNull(TYPES.get(record.getClass()));
  }

  /** Returns the line without its line feed. */
  public static byte[] line(Object record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record as a line that names its type. */
  public static byte[] line(OrgRecord record) {
    try {
      return RECORDS.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(byte[] line, Class<T> as, long number) throws BadExportException {
    T read;
    try {
      read = MAPPER.readValue(line, as);
    } catch (JsonProcessingException e) {
      throw new BadExportException(number, words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes no reading
    }
    String fault = fault(read, as.getSimpleName());
    if (read == null || fault != null) {
      throw new BadExportException(number, fault == null ? "is no object" : fault);
    }
    return read;
  }

  static <T> T stored(String json, Class<T> as) {
    try {
      return MAPPER.readValue(json, as);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String stored(Object value) {
    return new String(line(value), UTF_8);
  }

  /** Leaves out the content of the line, which may be large and secret. */
  private static String words(JsonProcessingException e) {
    String path =
        e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[]" : part.getFieldName())
                .reduce((left, right) -> left + "." + right)
                .orElse("")
            : "";
    return path.isEmpty() ? "is no record of this format" : "has a wrong " + path;
  }

  /** Components that are names as in {@link Names}. */
  private static final Set<String> NAMES =
      Set.of(
          "id",
          "sessionId",
          "workerId",
          "issueId",
          "issueIdentifier",
          "project",
          "owner",
          "lostBy",
          "nackedBy",
          "keyId");

  private record Part(String name, Method accessor, boolean mayBeNull) {

    static List<Part> of(Class<?> type) {
      return Arrays.stream(type.getRecordComponents())
          .filter(component -> !component.getType().isPrimitive())
          .map(
              component ->
                  new Part(
                      component.getName(),
                      component.getAccessor(),
                      component.getAnnotatedType().isAnnotationPresent(Nullable.class)))
          .toList();
    }

    @Nullable Object in(Object record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final ClassValue<List<Part>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
          return Part.of(type);
        }
      };

  /** Null if no component lacks a value, or has one that is no name. */
  private static @Nullable String fault(@Nullable Object value, String name) {
    if (value == null) {
      return "lacks " + name;
    }
    if (value instanceof String text && NAMES.contains(name)) {
      String problem = Names.problem(text);
      return problem == null ? null : name + " " + problem;
    }
    if (value instanceof Collection<?> many) {
      for (Object each : many) {
        String inner = fault(each, name);
        if (inner != null) {
          return inner;
        }
      }
    }
    if (value instanceof Record) {
      for (Part part : PARTS.get(value.getClass())) {
        Object inside = part.in(value);
        String inner = inside == null && part.mayBeNull() ? null : fault(inside, part.name());
        if (inner != null) {
          return inner;
        }
      }
    }
    return null;
  }
}
