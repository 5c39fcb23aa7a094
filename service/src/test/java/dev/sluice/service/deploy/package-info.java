/** The files of {@code deploy/} against the service. */
package dev.sluice.service.deploy;
