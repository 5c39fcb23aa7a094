/** The audited verbs behind the API and the dashboard. */
@NullMarked
package dev.sluice.service.control;

import org.jspecify.annotations.NullMarked;
