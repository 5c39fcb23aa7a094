package dev.sluice.admin;

import java.net.URI;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * @param backend store and durability, for people
 * @param address configured public address; null if none
 * @param lastSweepMs of this node, epoch ms; 0 before the first
 */
public record ServerFacts(
    String version, String backend, @Nullable URI address, LongSupplier lastSweepMs) {}
