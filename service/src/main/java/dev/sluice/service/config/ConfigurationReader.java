package dev.sluice.service.config;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationValidationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration, with former settings, as {@link FixedSettings} says.
 *
 * <p>Does as Dropwizard's own reader, but quicker: it asks the validator only about what {@link
 * SoundSettings} doubts, and looks at the types of all settings only if an override needs them.
 */
public final class ConfigurationReader<T> extends YamlConfigurationFactory<T> {

  private final Class<T> type;
  private final @Nullable Validator validator;
  private final ObjectMapper typed;
  private final String propertyPrefix;

  public ConfigurationReader(
      Class<T> type, @Nullable Validator validator, ObjectMapper mapper, String propertyPrefix) {
    super(
        type,
        null,
        new Unvisited(mapper).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES),
        propertyPrefix);
    this.type = type;
    this.validator = validator;
    this.typed = mapper;
    this.propertyPrefix = propertyPrefix;
  }

  @Override
  protected T build(JsonNode root, String path) throws IOException, ConfigurationException {
    FixedSettings.removeFormer(root);
    T configuration = super.build(root, path);
    if (validator != null && !SoundSettings.sound(configuration)) {
      Set<ConstraintViolation<T>> violations = validator.validate(configuration);
      if (!violations.isEmpty()) {
        throw new ConfigurationValidationException(path, violations);
      }
    }
    return configuration;
  }

  @Override
  protected void addOverride(JsonNode root, String name, String value) {
    if (FixedSettings.isFormer(name, value)) {
      return;
    }
    if (isSet(root, name)) {
      super.addOverride(root, name, value);
    } else {
      new Typed<>(type, typed, propertyPrefix).addOverride(root, name, value);
    }
  }

  private static boolean isSet(JsonNode root, String name) {
    JsonNode node = root;
    for (String part : name.replaceAll("\\[(\\d+)]", ".$1").split("\\.")) {
      node =
          node.isArray() && part.matches("\\d+")
              ? node.path(Integer.parseInt(part))
              : node.path(part);
    }
    return !node.isMissingNode();
  }

  /** Takes an override of a missing setting for a list if its type is one. */
  private static final class Typed<T> extends YamlConfigurationFactory<T> {
    Typed(Class<T> type, ObjectMapper mapper, String propertyPrefix) {
      super(type, null, mapper, propertyPrefix);
    }

    @Override
    protected void addOverride(JsonNode root, String name, String value) {
      super.addOverride(root, name, value);
    }
  }

  private static final class Unvisited extends ObjectMapper {
    private static final long serialVersionUID = 1;

    Unvisited(ObjectMapper mapper) {
      super(mapper);
    }

    @Override
    public void acceptJsonFormatVisitor(Class<?> type, JsonFormatVisitorWrapper visitor) {
      // would make a serializer for each setting
    }
  }
}
