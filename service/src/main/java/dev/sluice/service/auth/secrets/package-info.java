/** Secrets, and signed tokens. */
@NullMarked
package dev.sluice.service.auth.secrets;

import org.jspecify.annotations.NullMarked;
