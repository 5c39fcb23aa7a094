package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * @param link null for none
 */
public record MessageView(String title, String text, @Nullable String link, String linkText) {}
