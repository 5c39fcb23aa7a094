package dev.sluice.admin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * @param backend store and durability, for people
 * @param address configured public address; null if none
 */
public record ServerFacts(String version, String backend, @Nullable URI address) {}
