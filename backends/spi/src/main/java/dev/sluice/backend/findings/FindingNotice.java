package dev.sluice.backend.findings;

/**
 * The begin or end of a finding, to be told outside.
 *
 * @param id unique in the org; the same at each try
 * @param begin false for the end
 * @param finding as of then
 * @param atMs epoch ms
 * @param attempt from 1
 */
public record FindingNotice(String id, boolean begin, Finding finding, long atMs, int attempt) {}
