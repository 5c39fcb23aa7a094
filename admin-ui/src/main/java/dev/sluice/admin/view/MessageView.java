package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

public record MessageView(String title, String text, @Nullable String link, String linkText) {}
