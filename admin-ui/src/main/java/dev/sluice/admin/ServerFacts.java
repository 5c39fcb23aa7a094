package dev.sluice.admin;

/**
 * What the system page says of this server.
 *
 * @param version of the build
 * @param backend the kind of store and the durability in force, one line for people
 */
public record ServerFacts(String version, String backend) {}
