/**
 * Credentials for the repositories of work handed out, protocol 9.4: where they come from, by the
 * block {@code gitCredentials} of the configuration. Nothing here knows the store, and no secret
 * stands in a log line, an exception, or the text of an object.
 */
@NullMarked
package dev.sluice.service.gitcredentials;

import org.jspecify.annotations.NullMarked;
