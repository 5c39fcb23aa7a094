/**
 * Secrets, password hashes and signed tokens. Called by the rest of auth and by the commands. Forms
 * that are stored or signed must stay readable; the rest may change freely.
 */
@NullMarked
package dev.sluice.service.auth.secrets;

import org.jspecify.annotations.NullMarked;
