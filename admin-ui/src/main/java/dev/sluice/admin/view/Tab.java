package dev.sluice.admin.view;

import org.jspecify.annotations.Nullable;

public record Tab(String title, String link, @Nullable String count, boolean current) {}
