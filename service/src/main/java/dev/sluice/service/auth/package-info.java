/** Callers: keys, runtime tokens, the legacy key, and the first start's credentials. */
@NullMarked
package dev.sluice.service.auth;

import org.jspecify.annotations.NullMarked;
