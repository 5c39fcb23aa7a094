/**
 * The running service over HTTP: the kit that all tests of the edge share, with {@link
 * dev.sluice.service.http.ApiCall} as the table of the calls. Tests of the packages below, of the
 * browser and of the replays use it. A new call is a new row; the rest may change freely.
 */
package dev.sluice.service.http;
