/**
 * Findings as the API shows them, and the webhook that is told of them. The bodies are documented
 * in {@code /openapi.json} and {@code docs/operating.md}: members are only added.
 */
@NullMarked
package dev.sluice.service.findings;

import org.jspecify.annotations.NullMarked;
