package dev.sluice.admin.system;

import org.jspecify.annotations.Nullable;

/**
 * The login form.
 *
 * @param name as it was typed
 * @param then where to go afterwards
 * @param problem what was wrong; null before the first try
 */
public record LoginView(String name, String then, @Nullable String problem) {}
