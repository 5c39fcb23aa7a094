/**
 * Sources of git credentials for handed-out work. No secret may appear in a log line, an exception
 * or a toString.
 */
@NullMarked
package dev.sluice.service.gitcredentials;

import org.jspecify.annotations.NullMarked;
