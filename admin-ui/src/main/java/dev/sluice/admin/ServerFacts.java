package dev.sluice.admin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Facts of this server that pages show.
 *
 * @param version of the build
 * @param backend the kind of store and the durability in force, one line for people
 * @param address the configured address for people and workers; null where none is configured
 */
public record ServerFacts(String version, String backend, @Nullable URI address) {}
