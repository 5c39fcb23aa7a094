package dev.sluice.service.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.blackbird.BlackbirdModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.dropwizard.jackson.FuzzyEnumModule;
import io.dropwizard.jackson.Jackson;

/** Mappers of JSON and YAML. */
public final class Json {

  private Json() {}

  /**
   * Returns a mapper without Blackbird, which would make hundreds of classes to read the
   * configuration.
   */
  public static ObjectMapper mapper() {
    return Jackson.newMinimalObjectMapper()
        .registerModule(new FuzzyEnumModule())
        .registerModule(new ParameterNamesModule())
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule());
  }

  /** With Blackbird, for answers that are written all the time. */
  public static ObjectMapper quick() {
    return mapper().registerModule(new BlackbirdModule());
  }
}
