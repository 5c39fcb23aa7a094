package dev.sluice.service;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.module.blackbird.BlackbirdModule;
import io.dropwizard.jackson.FuzzyEnumModule;
import io.dropwizard.jackson.Jackson;
import java.util.List;

/** Mappers of JSON and YAML. */
final class Json {

  private Json() {}

  /**
   * As Dropwizard's, but without Blackbird: to read the configuration it would make some hundred
   * classes.
   */
  static ObjectMapper mapper() {
    List<Module> modules =
        ObjectMapper.findModules().stream()
            .filter(module -> !(module instanceof BlackbirdModule))
            .toList();
    return Jackson.newMinimalObjectMapper()
        .registerModules(modules)
        .registerModule(new FuzzyEnumModule());
  }

  /** With Blackbird, for answers that are written all the time. */
  static ObjectMapper quick() {
    return mapper().registerModule(new BlackbirdModule());
  }
}
