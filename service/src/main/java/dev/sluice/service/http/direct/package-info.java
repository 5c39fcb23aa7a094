/**
 * Serves without Jersey the calls that clients make first and all the time. HttpEdge installs it
 * before the application; the methods are those of the resources. All here may be changed freely:
 * each call also works through Jersey.
 */
@NullMarked
package dev.sluice.service.http.direct;

import org.jspecify.annotations.NullMarked;
