/**
 * Secrets, password hashes and signed tokens. Forms that are stored or signed must stay readable.
 */
@NullMarked
package dev.sluice.service.auth.secrets;

import org.jspecify.annotations.NullMarked;
