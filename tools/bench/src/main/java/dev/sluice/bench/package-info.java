/**
 * A load tool for any server of the worker protocol, over HTTP only. Options, figures and JSON keys
 * are read by scripts; the rest may change freely.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
