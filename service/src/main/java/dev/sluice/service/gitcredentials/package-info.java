/**
 * Sources of git credentials for handed-out work, protocol 9.4, built from the block
 * gitCredentials. Called by the poll. No secret may appear in a log line, an exception or a
 * toString; the rest may change freely.
 */
@NullMarked
package dev.sluice.service.gitcredentials;

import org.jspecify.annotations.NullMarked;
