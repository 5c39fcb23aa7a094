// Package sluice is a client of Sluice, the work dispatcher for fleets of coding agents. Client
// enqueues work and follows it, Worker runs it, and VerifyWebhook verifies what Sluice posts.
package sluice
