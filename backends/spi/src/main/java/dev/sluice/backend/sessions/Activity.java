package dev.sluice.backend.sessions;

/**
 * An activity as stored.
 *
 * @param id 1 for the first of its session and so on, without gaps
 * @param atMs epoch ms
 * @param type as told
 * @param body as told, byte for byte
 */
public record Activity(long id, long atMs, String type, String body) {}
