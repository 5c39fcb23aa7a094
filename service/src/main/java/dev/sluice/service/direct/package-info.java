/**
 * Serves the calls that workers make all the time without Jersey. HttpEdge installs it before the
 * application; the methods are those of the resources. All here may be changed freely: each call
 * also works through Jersey.
 */
@NullMarked
package dev.sluice.service.direct;

import org.jspecify.annotations.NullMarked;
