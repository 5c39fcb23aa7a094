package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

/**
 * @param count null if unknown
 */
public record Tab(String title, String link, @Nullable String count, boolean current) {}
