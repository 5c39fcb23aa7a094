/**
 * The shared kit of tests over HTTP, with {@link dev.sluice.service.http.ApiCall} as the table of
 * calls. Also used by the tests of the browser and the replays. A new call is a new row.
 */
package dev.sluice.service.http;
