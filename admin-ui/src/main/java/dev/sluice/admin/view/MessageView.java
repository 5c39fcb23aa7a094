package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * A page that says one thing.
 *
 * @param title in a few words
 * @param text in a sentence or two
 * @param link where to go on, or null
 * @param linkText what that link says
 */
public record MessageView(String title, String text, @Nullable String link, String linkText) {}
