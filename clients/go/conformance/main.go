// Command conformance carries out the verbs of clients/conformance by this library: it reads one as
// JSON from each line of standard input, and prints its result.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	sluice "github.com/sluice/sluice/clients/go"
)

type verb struct {
	Do, ID, Type, Payload, Reason, Key, MachineID string
	Secret, Timestamp, Signature, Body            string
	Item                                          json.RawMessage
	Items                                         []json.RawMessage
	Projects, Adopt                               []string
	Count, Capacity, Runs                         int
	DrainMs, Now                                  int64
}

func (v verb) items() []any {
	items := make([]any, len(v.Items))
	for i, item := range v.Items {
		items[i] = item
	}
	return items
}

type item struct {
	SessionID, Prompt, Then, Refuse string
}

type agent struct {
	url, token string
	client     *sluice.Client
	mutex      sync.Mutex
	runs       map[string]int
	latest     map[string]*sluice.Session
	released   map[string]bool
	refused    map[string]bool
	reaped     []string
	ended      chan any
}

func problem(err error) any {
	var refused *sluice.Error
	if !errors.As(err, &refused) {
		panic(err)
	}
	return sluice.JSON{"failed": sluice.JSON{"status": refused.Status, "code": refused.Code, "field": refused.Field}}
}

// until waits until a condition holds, or the context is over.
func (a *agent) until(ctx context.Context, condition func() bool) error {
	for {
		a.mutex.Lock()
		holds := condition()
		a.mutex.Unlock()
		if holds {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func read(raw json.RawMessage) (read item) {
	if err := json.Unmarshal(raw, &read); err != nil {
		panic(err)
	}
	return read
}

func (a *agent) handle(ctx context.Context, session *sluice.Session) (sluice.Outcome, error) {
	item := read(session.Item)
	a.mutex.Lock()
	a.runs[session.ID]++
	a.latest[session.ID] = session
	a.mutex.Unlock()
	isReleased := func() bool { return a.released[session.ID] }
	switch item.Then {
	case "complete":
		if err := session.Progress("Saying hello"); err != nil {
			return sluice.Outcome{}, err
		}
		err := session.Activity("thought", "Hello is a greeting")
		return sluice.Completed("Said hello").With("totalCostUsd", 0.25), err
	case "echo":
		return sluice.Completed(item.Prompt), nil
	case "fail":
		return sluice.Failed("No luck"), nil
	case "message":
		message, err := session.NextMessage(ctx)
		if err != nil {
			return sluice.Outcome{}, err
		}
		return sluice.Completed(message.Payload), a.until(ctx, isReleased)
	case "hold":
		return sluice.Completed("Released"), a.until(ctx, isReleased)
	case "endOnDrain":
		return sluice.Completed("Drained"), a.until(ctx, session.Draining)
	}
	panic("Boom")
}

func (a *agent) refuse(raw json.RawMessage) string {
	item := read(raw)
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.refused[item.SessionID] {
		return ""
	}
	a.refused[item.SessionID] = true
	return item.Refuse
}

func (a *agent) work(v verb) any {
	worker := &sluice.Worker{
		URL: a.url, Token: a.token, Projects: v.Projects, Capacity: v.Capacity, MachineID: v.MachineID,
		Adopt: v.Adopt, Refuse: a.refuse, DrainTime: time.Duration(v.DrainMs) * time.Millisecond,
		Reaped: func(id string) {
			a.mutex.Lock()
			defer a.mutex.Unlock()
			a.reaped = append(a.reaped, id)
		},
	}
	if v.Key != "" {
		worker.Token = v.Key
	}
	if v.MachineID == "" {
		worker.MachineID = v.Projects[0]
	}
	go func() {
		ctx, end := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer end()
		if err := worker.Run(ctx, a.handle); err != nil {
			a.ended <- problem(err)
			return
		}
		os.Exit(0) // after a drain
	}()
	return sluice.JSON{}
}

func (a *agent) carryOut(ctx context.Context, v verb) (any, error) {
	switch v.Do {
	case "enqueue":
		return a.client.Enqueue(ctx, v.Item)
	case "enqueueAll":
		results, err := a.client.EnqueueAll(ctx, v.items())
		return sluice.JSON{"results": results}, err
	case "enqueueMany":
		items := make([]any, v.Count)
		for i := range items {
			items[i] = v.Item
		}
		results, err := a.client.EnqueueAll(ctx, items)
		accepted := 0
		for _, result := range results {
			if !result.Refused() {
				accepted++
			}
		}
		return sluice.JSON{"accepted": accepted}, err
	case "enqueueBatch":
		return a.client.EnqueueBatch(ctx, v.items(), v.Key)
	case "getBatch":
		return a.client.GetBatch(ctx, v.ID)
	case "waitForBatch":
		return a.client.WaitForBatch(ctx, v.ID)
	case "waitForEnd":
		return a.client.WaitForEnd(ctx, v.ID)
	case "followUntilRunning":
		var seen string
		end, err := a.client.Follow(ctx, v.ID, func(work *sluice.Work) {
			if !work.Ended() {
				seen = work.State
			}
			if work.State == "running" {
				a.release(v.ID)
			}
		})
		return sluice.JSON{"lastSeen": seen, "end": end}, err
	case "send":
		lane, err := a.client.Send(ctx, v.ID, v.Type, v.Payload)
		return sluice.JSON{"lane": lane}, err
	case "stop":
		released, err := a.client.Stop(ctx, v.ID, v.Reason)
		return sluice.JSON{"stopped": true, "state": "stopped", "released": released}, err
	case "work":
		return a.work(v), nil
	case "waitForRuns":
		err := a.until(ctx, func() bool { return a.runs[v.ID] >= v.Runs })
		a.mutex.Lock()
		defer a.mutex.Unlock()
		session := a.latest[v.ID]
		return sluice.JSON{
			"runs": a.runs[v.ID], "adopted": session.Adopted, "prompt": read(session.Item).Prompt, "reaped": a.reaped,
		}, err
	case "waitForWorker":
		return <-a.ended, nil
	case "release":
		a.release(v.ID)
		return sluice.JSON{}, nil
	case "verify":
		valid := sluice.VerifyWebhook(v.Secret, v.ID, v.Timestamp, v.Signature, []byte(v.Body), time.Unix(v.Now, 0))
		return sluice.JSON{"valid": valid}, nil
	}
	panic(v.Do)
}

func (a *agent) release(id string) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.released[id] = true
}

func main() {
	a := &agent{
		url: os.Args[1], token: os.Args[3], client: sluice.NewClient(os.Args[1], os.Args[2]),
		runs: map[string]int{}, latest: map[string]*sluice.Session{}, released: map[string]bool{},
		refused: map[string]bool{}, reaped: []string{}, ended: make(chan any, 1),
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var v verb
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			panic(err)
		}
		result, err := a.carryOut(context.Background(), v)
		if err != nil {
			result = problem(err)
		}
		if err := out.Encode(result); err != nil {
			panic(err)
		}
	}
}
