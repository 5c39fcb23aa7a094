/** Tests of the git credentials that come with work, on both backends. */
package dev.sluice.service.http.gitcredentials;
