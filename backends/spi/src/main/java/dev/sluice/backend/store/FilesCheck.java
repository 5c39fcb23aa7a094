package dev.sluice.backend.store;

/**
 * The result of a look at the files of a stopped store.
 *
 * @param words for people
 * @param whole false if a start would be refused
 */
public record FilesCheck(String words, boolean whole) {}
