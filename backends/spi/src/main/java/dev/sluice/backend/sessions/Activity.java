package dev.sluice.backend.sessions;

/**
 * @param id from 1 in its session, without gaps
 * @param atMs epoch ms
 * @param body byte for byte as reported
 */
public record Activity(long id, long atMs, String type, String body) {}
