package dev.sluice.admin.system;

import org.jspecify.annotations.Nullable;

/**
 * @param then address after the login
 * @param problem null before the first try
 */
public record LoginView(String name, String then, @Nullable String problem) {}
