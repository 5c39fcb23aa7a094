package dev.sluice.control;

/**
 * Who acts.
 *
 * @param org in which org
 * @param name what an audit line shows: the id of a key or the name of an operator
 */
public record Actor(String org, String name) {}
