package dev.sluice.backend.engine.records;

/**
 * Identifies a call that may be carried out again: docs/rules.md, "Calls carried out twice".
 *
 * @param node unique per start of a node
 * @param number of the call, among those of its node
 * @param answered the node has the answers to all its calls before this number
 * @param content checksum of the operation
 */
public record CallId(String node, long number, long answered, int content) {}
