package sluice

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

const (
	attempts      = 6
	mostItems     = 1000
	followSeconds = 25
)

// Client enqueues work and follows it to its end.
//
// A call that gets no answer, or 408, 429 or 5xx, is repeated, six times in all. All attempts of a
// call have the same idempotency key, so none is carried out twice.
type Client struct {
	transport *transport
	key       string
}

// NewClient makes a client. key is a user key with the scope work:write; to follow work it also needs
// work:read or fleet:read.
func NewClient(url, key string) *Client {
	return &Client{newTransport(url), key}
}

// Result is the answer to an enqueue. Status, Code and Message are those of a refused item of a bulk.
type Result struct {
	SessionID string `json:"sessionId"`
	State     string `json:"state"`
	Position  int    `json:"position"`
	Duplicate bool   `json:"duplicate"` // the item was there already
	Error
}

// Refused reports whether an item of a bulk was refused.
func (r *Result) Refused() bool { return r.State == "" }

// Work is where an item is, and its result after the end.
type Work struct {
	SessionID string `json:"sessionId"`
	Place     string `json:"place"`
	State     string `json:"state"`
	Position  int    `json:"position"`
	WorkerID  string `json:"workerId"`
	Attempts  int    `json:"attempts"`
	Nacks     int    `json:"nacks"`
	Waits     []Wait `json:"waits"`
	Result    JSON   `json:"result"`
}

// Wait is a reason why work waits.
type Wait struct {
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
}

// EnqueuedBatch is the answer to a batch that was enqueued.
type EnqueuedBatch struct {
	BatchID    string `json:"batchId"`
	Items      int    `json:"items"`
	Enqueued   int    `json:"enqueued"`
	Duplicates int    `json:"duplicates"`
	Refused    int    `json:"refused"`
}

// Batch tells how far the items of a batch are.
type Batch struct {
	BatchID  string         `json:"batchId"`
	Items    int            `json:"items"`
	Ended    bool           `json:"ended"`
	Counts   map[string]int `json:"counts"`             // waiting, claimed, completed, failed, stopped, dead, unknown
	Failures []Work         `json:"failures,omitempty"` // the first items that failed or are dead letters
}

// Ended reports whether the work has ended or is a dead letter.
func (w *Work) Ended() bool { return w.Place == "ended" || w.Place == "dead" }

// Enqueue enqueues an item, which needs a "prompt". An item with a "sessionId" may be enqueued again
// without harm.
func (c *Client) Enqueue(ctx context.Context, item any) (*Result, error) {
	result := &Result{}
	return result, c.post(ctx, "/api/work", item, result)
}

// EnqueueAll enqueues any number of items, up to a thousand a call, and returns a result for each.
func (c *Client) EnqueueAll(ctx context.Context, items []any) ([]Result, error) {
	var results []Result
	for from := 0; from < len(items); from += mostItems {
		var part struct {
			Results []Result `json:"results"`
		}
		to := from + mostItems
		if to > len(items) {
			to = len(items)
		}
		body := JSON{"items": items[from:to]}
		if err := c.post(ctx, "/api/work", body, &part); err != nil {
			return results, err
		}
		results = append(results, part.Results...)
	}
	return results, nil
}

// EnqueueBatch enqueues up to 10,000 items as one batch. One wrong item refuses the whole call. A full
// store may refuse some items: the same call with the same idempotency key enqueues those, for 24
// hours. Another call with other items is refused; without a key the batch can't be completed.
func (c *Client) EnqueueBatch(
	ctx context.Context, items []any, idempotencyKey string,
) (*EnqueuedBatch, error) {
	batch := &EnqueuedBatch{}
	return batch, c.postOnce(ctx, "/api/batches", idempotencyKey, JSON{"items": items}, batch)
}

// GetBatch returns how many items of a batch wait, run or have ended in which way.
func (c *Client) GetBatch(ctx context.Context, id string) (*Batch, error) {
	batch := &Batch{}
	return batch, c.call(ctx, "GET", "/api/batches/"+segment(id), nil, nil, batch)
}

// WaitForBatch returns the batch once no item waits or runs.
func (c *Client) WaitForBatch(ctx context.Context, id string) (*Batch, error) {
	for {
		batch, asked := &Batch{}, time.Now()
		err := c.call(ctx, "GET", "/api/batches/"+segment(id)+"?wait=end", nil, nil, batch)
		if err != nil {
			return nil, err
		}
		if batch.Ended {
			return batch, nil
		}
		if err := rest(ctx, asked); err != nil {
			return nil, err
		}
	}
}

// rest lets a second pass since a call: a server on which too many calls wait answers at once.
func rest(ctx context.Context, asked time.Time) error {
	return sleep(ctx, time.Until(asked.Add(time.Second)))
}

// Get returns where work is, why it waits, and its result after the end.
func (c *Client) Get(ctx context.Context, id string) (*Work, error) {
	work := &Work{}
	return work, c.call(ctx, "GET", "/api/work/"+segment(id), nil, nil, work)
}

// Follow passes on the work as it is now, and after each change of its state or place. It returns
// the work once it has ended or is a dead letter.
func (c *Client) Follow(ctx context.Context, id string, listener func(*Work)) (*Work, error) {
	work, err := c.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	listener(work)
	for !work.Ended() {
		path := fmt.Sprintf("/api/work/%s?wait=%d&state=%s", segment(id), followSeconds, work.State)
		next, asked := &Work{}, time.Now()
		if err := c.call(ctx, "GET", path, nil, nil, next); err != nil {
			return nil, err
		}
		if next.State != work.State || next.Place != work.Place {
			listener(next)
		} else if err := rest(ctx, asked); err != nil {
			return nil, err
		}
		work = next
	}
	return work, nil
}

// WaitForEnd returns the work once it has ended or is a dead letter.
func (c *Client) WaitForEnd(ctx context.Context, id string) (*Work, error) {
	for {
		work, asked := &Work{}, time.Now()
		err := c.call(ctx, "GET", "/api/work/"+segment(id)+"?wait=end", nil, nil, work)
		if err != nil {
			return nil, err
		}
		if work.Ended() {
			return work, nil
		}
		if err := rest(ctx, asked); err != nil {
			return nil, err
		}
	}
}

// Send sends a message to a session: a directive, hook-result or nudge. It returns the lane.
func (c *Client) Send(ctx context.Context, id, kind, payload string) (lane string, err error) {
	var sent struct {
		Lane string `json:"lane"`
	}
	path := "/api/sessions/" + segment(id) + "/inbox"
	err = c.post(ctx, path, JSON{"type": kind, "payload": payload}, &sent)
	return sent.Lane, err
}

// Stop ends work for good, wherever it is. It reports whether the slot of its worker is free already.
func (c *Client) Stop(ctx context.Context, id, reason string) (released bool, err error) {
	var stopped struct {
		Released bool `json:"released"`
	}
	path := "/api/sessions/" + segment(id) + "/stop"
	err = c.post(ctx, path, JSON{"reason": reason}, &stopped)
	return stopped.Released, err
}

func (c *Client) post(ctx context.Context, path string, body, into any) error {
	return c.postOnce(ctx, path, "", body, into)
}

// postOnce makes a key if there is none.
func (c *Client) postOnce(ctx context.Context, path, idempotencyKey string, body, into any) error {
	if idempotencyKey == "" {
		random := make([]byte, 16)
		if _, err := rand.Read(random); err != nil {
			return err
		}
		idempotencyKey = hex.EncodeToString(random)
	}
	headers := map[string]string{"Idempotency-Key": idempotencyKey}
	return c.call(ctx, "POST", path, body, headers, into)
}

func (c *Client) call(
	ctx context.Context, method, path string, body any, headers map[string]string, into any,
) error {
	for failures := 0; ; failures++ {
		answer, err := c.transport.call(ctx, method, path, c.key, body, headers)
		var none *noAnswer
		switch {
		case err == nil && answer.ok():
			return answer.into(into)
		case err == nil && !answer.later():
			return answer.problem()
		case err == nil:
			err = answer.problem()
		case !errors.As(err, &none):
			return err
		default:
			answer = nothing
		}
		if failures+1 == attempts || ctx.Err() != nil {
			return err
		}
		if err := sleep(ctx, pause(failures, answer.retryAfter)); err != nil {
			return err
		}
	}
}

var nothing = &answer{}
